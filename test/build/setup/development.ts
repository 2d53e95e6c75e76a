// Tests run the development build of everything; see build/types/development.d.ts.
globalThis.__DEVELOPMENT__ = true;
