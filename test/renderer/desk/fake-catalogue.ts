import sample from '#central/catalogue/sample/catalogue.json' with { type: 'json' };
import { catalogueSchema, type Catalogue } from '#shared/catalogue/index.ts';

/** The agency of the desk in memory. */
export const ownAgency = 'ls-mai-pha';

const units: Readonly<Record<string, { id: string; name: string }[]>> = {
  'ls-mai-pha': [{ id: 'tu-phap', name: 'Công chức Tư pháp – Hộ tịch' }, { id: 'van-hoa', name: 'Phòng Văn hóa – Xã hội' }],
  'ls-centre': [{ id: 'so-tu-phap', name: 'Quầy Sở Tư pháp' }],
};

/**
 * The sample catalogue with what its communes leave out and the pages must show: units to forward to, a procedure that may be extended and
 * one with a financial obligation.
 */
export function fakeCatalogue(): Catalogue {
  const catalogue = catalogueSchema.parse(sample);
  return {
    ...catalogue,
    agencies: catalogue.agencies.map((agency) => ({ ...agency, ...(units[agency.id] ? { units: units[agency.id] } : {}) })),
    procedures: catalogue.procedures.map((procedure) => ({
      ...procedure,
      ...(procedure.code === '1.004884' ? { extension: { unit: 'workingDay' as const, amount: 3 } } : {}),
      ...(procedure.code === '2.001035' ? { financial: true } : {}),
    })),
  };
}
