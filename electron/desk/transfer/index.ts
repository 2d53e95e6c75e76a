export { removeLeft } from './left.ts';
export { finishMove, prepareMove, type PreparedMove } from './move.ts';
export { keepOrder, transferAnswerSchema, transferOrder, type TransferOrder } from './order.ts';
