export { centreWord, type CentreWord, type EnrolledDesk } from './centre-word.ts';
export { coveredTo } from './devices.ts';
export type { EvidenceShelf, WeighedLog } from './evidence-of-logs.ts';
export { judgeProvince, type JudgedDossier, type JudgedProvince, type UnacceptedDossier } from './judge.ts';
export { provinceSource, type DeskLog, type JudgeReader, type ProvinceData, type ProvinceSource } from './source.ts';
