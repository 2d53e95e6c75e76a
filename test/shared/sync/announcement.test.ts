import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { announcementLimit, readAnnouncement, writeAnnouncement, type Announcement } from '#shared/sync/index.ts';

const announcement: Announcement = {
  v: 1, key: `${'k'.repeat(42)}A`, log: '01a9f3c2-7c11-7d2e-9a51-5b1c0de4a7b2', seq: Number.MAX_SAFE_INTEGER, hash: 'f'.repeat(64), signature: `${'s'.repeat(85)}A`,
};

describe('an announcement', () => {
  it('comes back as it was, and always fits its limit', () => {
    const bytes = writeAnnouncement(announcement);
    expect(bytes.length).toBeLessThanOrEqual(announcementLimit);
    expect(readAnnouncement(bytes)).toEqual(announcement);
  });

  it('is nothing else: not another version, not with more in it, not half of it, not noise', () => {
    const text = new TextDecoder().decode(writeAnnouncement(announcement));
    const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
    for (const changed of [{ v: 2 }, { name: 'An' }, { seq: 0 }, { seq: 1.5 }, { hash: 'F'.repeat(64) }, { signature: 'x' }, { log: '../etc' }]) expect(readAnnouncement(bytesOf({ ...announcement, ...changed }))).toBeUndefined();
    expect(readAnnouncement(bytesOf({ ...announcement, pad: 'x'.repeat(600) }))).toBeUndefined();
    fc.assert(fc.property(fc.nat(text.length - 1), (length) => expect(readAnnouncement(new TextEncoder().encode(text.slice(0, length)))).toBeUndefined()));
    fc.assert(fc.property(fc.uint8Array({ maxLength: 700 }), (bytes) => expect(readAnnouncement(bytes)).toBeUndefined()));
  });
});
