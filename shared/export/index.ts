export { flawCodes, flawSentence, type Flaw, type FlawCode } from './flaw.ts';
export { follow, type Following } from './follow.ts';
export {
  branchSectionSchema, catalogueSectionSchema, endSectionSchema, exportBytes, exportFormat, exportHeaderSchema, exportLimits, exportNameSchema, exportVersion, logSectionSchema, sectionSchema,
  verdictsSectionSchema, type BranchSection, type CatalogueSection, type EndSection, type ExportHeader, type LogSection, type Section, type VerdictsSection,
} from './format.ts';
