export { amountInWords } from './amount.ts';
export { citizenCardSchema, parseCitizenCard, type CitizenCard, type Contradiction } from './card.ts';
export { fold } from './fold.ts';
export { keyboardFault, type KeyboardFault } from './keyboard.ts';
export { compareNames, normalizeName } from './names.ts';
export { normalizeBusinessCode, normalizeIdNumber, normalizePhone, validIdNumber, validPhone } from './numbers.ts';
export { provinceOfNumber, type Province } from './provinces.ts';
export { classifyScan, type Scan } from './scan.ts';
