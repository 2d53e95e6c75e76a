import type { Catalogue, Procedure } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { portalStatus, receivedPersonalSchema, supplementPersonalSchema, type DossierState, type Supplement } from '#shared/dossier/index.ts';
import type { PortalDossier } from './messages.ts';

/** What the messages of one dossier are made from; all passed in. */
export interface PortalSource {
  readonly state: DossierState;
  readonly catalogue: Catalogue | undefined;
  /** The credible time of an act, by the hash of its entry; milliseconds. */
  credible(entry: string): number | undefined;
  /** Sealed body of an entry; undefined where it has none or it was erased. */
  personal(entry: string): unknown;
}

/** `yyyyMMddHHmmss` in Viet Nam; empty for no instant. */
export function portalDate(instant: number | undefined): string {
  if (instant === undefined) return '';
  const { date, time } = civil(instant);
  const seconds = Math.floor((((instant % 60_000) + 60_000) % 60_000) / 1000);
  return `${date.replaceAll('-', '')}${time.replace(':', '')}${String(seconds).padStart(2, '0')}`;
}

export function agencyNameIn(catalogue: Catalogue | undefined, id: string): string {
  return catalogue?.agencies.find((agency) => agency.id === id)?.name ?? id;
}

/** The name of a member of staff, or the id where nobody of that id is published. */
export function staffNameIn(catalogue: Catalogue | undefined, id: string): string {
  return catalogue?.staff.find((person) => person.id === id)?.name ?? id;
}

/** The dossier as it stands. Its times are credible ones, never those of arrival; what was erased is empty. */
export function portalDossier(source: PortalSource): PortalDossier {
  const { state, catalogue } = source;
  const procedure = procedureOf(state, catalogue);
  const timeOf = (act: { readonly origin: { readonly entry: string } } | undefined): string => portalDate(act && source.credible(act.origin.entry));
  const applicant = receivedPersonalSchema.safeParse(source.personal(state.personalEntry)).data?.applicant;
  const methods = { counter: '0', post: '1', online: '2' } as const;
  return {
    MaHoSo: state.code,
    MaTTHC: state.procedure,
    TenTTHC: procedure?.name ?? '',
    MaLinhVuc: procedure?.field.code ?? '',
    TenLinhVuc: procedure?.field.name ?? '',
    ChuHoSo: applicant?.fullName ?? '',
    LoaiDoiTuong: applicant ? (applicant.kind === 'citizen' ? '1' : '2') : '',
    MaDoiTuong: applicant?.idNumber ?? '',
    Email: applicant?.email ?? '',
    SoDienThoai: applicant?.phone ?? '',
    TrichYeuHoSo: procedure?.name ?? '',
    NgayTiepNhan: timeOf(state.received),
    NgayHenTra: portalDate(state.due?.at),
    TrangThaiHoSo: String(portalStatus(state)),
    NgayKetThucXuLy: timeOf(state.ready ?? state.handedOver ?? state.stopped ?? state.notAccepted),
    NgayTra: timeOf(state.handedOver),
    HinhThuc: methods[state.handedOver?.method ?? 'counter'],
    DonViXuLy: agencyNameIn(catalogue, state.competentAgency),
    DanhSachLePhi: fees(state),
    DanhSachHoSoBoSung: state.supplements.map((supplement) => supplementOf(supplement, source)),
    DanhSachGiayToKetQua: state.ready?.outcome === 'granted'
      ? (procedure?.results ?? []).map(({ name, code = '' }) => ({ TenGiayTo: name, MaThanhPhanHoSo: '', GiayToId: '', DuongDanTepTinKetQua: '', MaGiayToKetQua: code }))
      : [],
    TaiLieuNop: state.papers.filter(({ present }) => present).map(({ code }) => ({
      TepDinhKemId: '', TenTepDinhKem: procedure?.papers.find((paper) => paper.code === code)?.name ?? code, IsDeleted: 'False', MaThanhPhanHoSo: code, DuongDanTaiTepTin: '',
    })),
  };
}

function procedureOf({ procedure, procedureVersion }: DossierState, catalogue: Catalogue | undefined): Procedure | undefined {
  const versions = catalogue?.procedures.filter(({ code }) => code === procedure) ?? [];
  return versions.find(({ version }) => version === procedureVersion) ?? versions.at(-1);
}

function fees({ received, payments }: DossierState): PortalDossier['DanhSachLePhi'] {
  const fee = (name: string, amount: number): PortalDossier['DanhSachLePhi'] => (
    amount > 0 ? [{ TenPhiLePhi: name, MaPhiLePhi: '', HinhThucThu: '', Gia: String(amount), LoaiPhiLePhi: '' }] : []
  );
  return [...fee('Lệ phí', received?.fee ?? 0), ...payments.flatMap(({ requested }) => fee('Nghĩa vụ tài chính', requested.amount))];
}

/** A supplement asked for at the counter stopped no term: there was no due date before it. */
function supplementOf({ requested, completed }: Supplement, source: PortalSource): PortalDossier['DanhSachHoSoBoSung'][number] {
  const { state, catalogue } = source;
  const body = supplementPersonalSchema.safeParse(source.personal(requested.origin.entry)).data;
  const before = state.stretches.find(({ haltedBy }) => haltedBy === requested.origin.entry)?.due.at;
  return {
    HoSoBoSungId: requested.origin.entry,
    NguoiYeuCauBoSung: staffNameIn(catalogue, requested.origin.actor),
    NoiDungBoSung: body?.reason ?? '',
    NgayBoSung: portalDate(source.credible(requested.origin.entry)),
    NguoiTiepNhanBoSung: completed ? staffNameIn(catalogue, completed.origin.actor) : '',
    NgayTiepNhanBoSung: portalDate(completed && source.credible(completed.origin.entry)),
    TrangThaiBoSung: completed ? '1' : '0',
    NgayHenTraTruoc: portalDate(before),
    NgayHenTraMoi: portalDate(completed?.due.at),
  };
}
