import type { CentreReady } from './centre.ts';

/**
 * The environment in which the app starts in development. The shell reads the `QUAY_` variables only where
 * `__DEVELOPMENT__` is true; a package contains none of that.
 *
 * - `QUAY_DEV`: go on without a keychain, under a banner.
 * - `QUAY_DATA_FOLDER`: the desk's data.
 * - `QUAY_CENTRAL_URL`, `QUAY_CENTRAL_KEY`, `QUAY_ENROLMENT_CODE`: the centre to enrol with.
 */
export function developmentEnvironment(dataFolder: string, centre: CentreReady | undefined, env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  // Both would turn Electron into something else: the first into plain Node, the second into a debugged process.
  const { ELECTRON_RUN_AS_NODE: _asNode, NODE_OPTIONS: _options, ...rest } = env;
  return {
    ...rest,
    QUAY_DEV: '1',
    QUAY_DATA_FOLDER: dataFolder,
    ...(centre === undefined ? {} : { QUAY_CENTRAL_URL: centre.url, QUAY_CENTRAL_KEY: centre.pinnedKey, QUAY_ENROLMENT_CODE: centre.enrolmentCode }),
  };
}
