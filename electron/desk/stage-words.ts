import type { DossierState } from '#shared/dossier/index.ts';

/** How far a dossier had come when it was stopped, in the words of form 05. */
export function stageWords(state: DossierState): string {
  if (!state.received) return state.supplements.length > 0 ? 'Chờ bổ sung trước khi tiếp nhận' : 'Chờ tiếp nhận';
  const supplement = state.supplements.at(-1);
  if (supplement && !supplement.completed) return 'Chờ người nộp bổ sung hồ sơ';
  const payment = state.payments.at(-1);
  if (payment && !payment.paid) return 'Chờ người nộp thực hiện nghĩa vụ tài chính';
  return state.hops.length > 0 ? 'Đang giải quyết' : 'Đã tiếp nhận, chưa chuyển giải quyết';
}
