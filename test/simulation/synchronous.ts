/**
 * Virtual time cannot wait for a pool of real threads: what is compressed or derived there is done at once instead. Imported before
 * anything that takes these functions by name.
 */
import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import zlib from 'node:zlib';

type Done<T> = (error: Error | null, value: T) => void;

function atOnce<T>(work: () => T, done: Done<T | undefined>): void {
  let value: T | undefined;
  let failed: Error | null = null;
  try {
    value = work();
  } catch (error) {
    failed = error instanceof Error ? error : new Error(String(error));
  }
  done(failed, value);
}

/** With options or without, as the real ones may be called. */
function codec(work: (data: Buffer, options?: zlib.ZlibOptions) => Buffer) {
  return (data: Buffer, options: zlib.ZlibOptions | Done<Buffer | undefined>, done?: Done<Buffer | undefined>): void => {
    if (typeof options === 'function') atOnce(() => work(data), options);
    else if (done) atOnce(() => work(data, options), done);
  };
}

Object.assign(zlib, { gzip: codec(zlib.gzipSync), gunzip: codec(zlib.gunzipSync) });
Object.assign(crypto, {
  scrypt: (secret: string, salt: Buffer, length: number, options: crypto.ScryptOptions, done: Done<Buffer | undefined>) => atOnce(() => crypto.scryptSync(secret, salt, length, options), done),
});
syncBuiltinESMExports();
