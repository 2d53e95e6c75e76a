export type { Checked } from './check.ts';
export { verdictLines, verdictsInShort, type VerdictsInShort } from './verdicts.ts';
export { keyFingerprint, verifyExport, type Verification, type VerifyOptions, type VerifyPorts } from './verify.ts';
export { writeExport, type Exported, type ExportWish } from './write.ts';
