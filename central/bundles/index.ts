export { takeBundle, type BundlePorts, type TakenBundle } from './take.ts';
