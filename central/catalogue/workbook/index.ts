export { hints, type Hint, type WorkbookProblem } from './hints.ts';
export { catalogueOfWorkbook, type WorkbookOutcome } from './read.ts';
export { workbookLimits } from './unpack.ts';
export { workbookOf } from './write.ts';
