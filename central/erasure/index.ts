export { eraseDossier, type EraseRequest, type Erasing } from './erase.ts';
export { withoutErased } from './arriving.ts';
