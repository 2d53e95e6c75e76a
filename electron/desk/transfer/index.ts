export { removeFormerStores } from './former-stores.ts';
export { finishMove, prepareMove, type PreparedMove } from './move.ts';
export { keepOrder, transferAnswerSchema, transferOrder, type TransferOrder } from './order.ts';
