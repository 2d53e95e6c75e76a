export { centreWord, readingCentreWord, type CentreWord, type EnrolledDesk, type Ticket } from './centre-word.ts';
export { silenceAfter } from './hearing.ts';
export type { Audited, DossierDecisions, Proposal } from './people.ts';
export { compacting } from './compact.ts';
export { coveredTo } from './devices.ts';
export type { WeighedLog } from './evidence-of-logs.ts';
export { judgeProvince, provinceJudge, type ProvinceJudge, type JudgedDossier, type JudgedProvince, type UnacceptedDossier } from './judge.ts';
export { provinceSource, type BranchLog, type DeskLog, type JudgeReader, type LiveWord, type ProvinceData, type ProvinceSource, type Room } from './source.ts';
