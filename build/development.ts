/**
 * Turns development on in a plain Node process: `node --import ./build/development.ts central/quay.ts …`.
 * See `build/types/development.d.ts` for who reads the constant and how.
 */
globalThis.__DEVELOPMENT__ = true;
