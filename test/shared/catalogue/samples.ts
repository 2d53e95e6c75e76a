import { catalogueSchema, type Agency, type Catalogue, type Procedure } from '#shared/catalogue/index.ts';

/** A small catalogue that holds together. */
export function smallCatalogue(change: Partial<Catalogue> = {}): Catalogue {
  return catalogueSchema.parse({
    version: 1,
    province: { name: 'Tỉnh Lạng Sơn', identifier: 'H37' },
    agencies: [
      agency('old', { level: 'district', identifier: 'H37.20', validTo: '2025-06-30', successors: ['new-1', 'new-2'] }),
      agency('new-1', { identifier: 'H37.31', validFrom: '2025-07-01' }),
      agency('new-2', { identifier: 'H37.32', validFrom: '2025-07-01' }),
      agency('province', { level: 'province', identifier: 'H37.01' }),
    ],
    procedures: [procedure()],
    staff: [{ id: 's-1', name: 'Nguyễn Thị Hoa', agency: 'new-1', roles: ['clerk'] }],
    calendars: [{
      id: 'vn', version: '1', coversFrom: '2026-01-01', coversTo: '2026-12-31', weeklyRest: [6, 7], sessions: [['07:30', '11:30'], ['13:30', '17:30']],
      daysOff: [{ date: '2026-01-01', name: 'Tết Dương lịch', kind: 'holiday', source: ['a'] }, { date: '2026-01-02', name: 'Nghỉ hoán đổi', kind: 'swapped', source: [] }],
      workedInstead: [{ date: '2026-01-10', insteadOf: '2026-01-02', source: ['a'] }],
      halfDays: [{ date: '2026-02-14', session: 'morning', source: [] }],
      sources: { a: 'Công văn' },
    }],
    leases: [],
    settings: {},
    ...change,
  });
}

export function agency(id: string, change: Partial<Agency> = {}): Agency {
  return { id, identifier: `H37.${id.toUpperCase().replace('-', '')}`, name: `Cơ quan ${id}`, level: 'commune', validFrom: '2024-01-01', successors: [], ...change };
}

export function procedure(change: Partial<Procedure> = {}): Procedure {
  return {
    code: '1.001193', version: 1, name: 'Đăng ký khai sinh', field: { code: 'HT', name: 'Hộ tịch' }, levels: ['commune'], validFrom: '2024-01-01', term: { unit: 'sameDay' },
    papers: [{ code: 'to-khai', name: 'Tờ khai', kind: 'original', quantity: 1, required: true }], fee: { amount: 0 }, results: [{ name: 'Giấy khai sinh' }], ...change,
  };
}
