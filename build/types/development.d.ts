/**
 * `__DEVELOPMENT__` says whether this build may relax rules for people who develop the product: start without a
 * keychain, accept an injected clock, show the development banner. True in `npm start`, `npm test` and `npm run tour`,
 * false in what `npm run dist` packs.
 *
 * Read it as `globalThis.__DEVELOPMENT__ === true`. That is safe everywhere:
 * - in a bundle `build/bundle.ts` puts the constant in its place, so a package does not even contain the code behind it;
 * - in jest the set-up file `test/build/setup/development.ts` defines it;
 * - in plain Node it is undefined, thus false, unless the process was started with `--import` of `build/development.ts`.
 *
 * The bare name `__DEVELOPMENT__` works in bundles and in jest too, but is a ReferenceError in plain Node.
 */
declare var __DEVELOPMENT__: boolean | undefined;
