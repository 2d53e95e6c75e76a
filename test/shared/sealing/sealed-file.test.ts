import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hkdfSync } from 'node:crypto';
import { nodeCipher } from '#electron/desk/sealing.ts';
import type { Random } from '#shared/ports.ts';
import { frameLimit, growSealedFile, readSealedFile, SealedFileDamaged, type SealedFile, type SealingOptions } from '#shared/sealing/index.ts';
import { seededRandom } from '../dossier/sample.ts';
import { MemoryFile } from './memory-file.ts';

function under(secret: string): SealingOptions & { readonly random: Random } {
  return { cipher: nodeCipher, random: seededRandom(secret), keyOf: (salt) => new Uint8Array(hkdfSync('sha256', secret, salt, 'test', 32)) };
}

function whole(file: SealedFile): Promise<Uint8Array> {
  return file.read(0, file.size());
}

function joined(parts: readonly Uint8Array[]): Buffer {
  return Buffer.concat(parts);
}

const pieces = fc.array(fc.uint8Array({ minLength: 1, maxLength: 300 }), { minLength: 1, maxLength: 6 });

/** A file of these pieces, cut off somewhere: where each piece ended, and where it was cut. */
async function cutFile(parts: readonly Uint8Array[], cut: number): Promise<{ readonly disk: MemoryFile; readonly ends: readonly number[]; readonly at: number }> {
  const disk = new MemoryFile();
  const file = await growSealedFile(disk, under('k'));
  const ends = [disk.bytes.length];
  for (const part of parts) {
    await file.append(part);
    ends.push(disk.bytes.length);
  }
  const at = cut % (disk.bytes.length + 1);
  disk.bytes = disk.bytes.slice(0, at);
  return { disk, ends, at };
}

describe('a sealed file', () => {
  it('gives back what was appended, from any place on, also when it is opened again and the disk takes little at a time', async () => {
    await fc.assert(fc.asyncProperty(pieces, fc.nat(2_000), fc.nat(2_000), fc.integer({ min: 1, max: 50 }), async (parts, from, length, most) => {
      const disk = new MemoryFile(most);
      const file = await growSealedFile(disk, under('k'));
      for (const part of parts) await file.append(part);
      const content = joined(parts);
      for (const opened of [file, await growSealedFile(disk, under('k')), await readSealedFile(disk, under('k'))]) {
        expect(opened.size()).toBe(content.length);
        expect(Buffer.from(await opened.read(from, length))).toEqual(content.subarray(from, from + length));
      }
      expect(Buffer.from(disk.bytes).includes(content.subarray(0, 64))).toBe(content.length < 4 && Buffer.from(disk.bytes).includes(content));
    }));
  });

  it('forgets what a crash left half written, and goes on after what was whole', async () => {
    await fc.assert(fc.asyncProperty(pieces, fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 50 }), async (parts, cut, more) => {
      const { disk, ends, at } = await cutFile(parts, cut);
      const again = await growSealedFile(disk, under('k'));
      const left = parts.slice(0, Math.max(0, ends.filter((end) => end <= at).length - 1));
      expect(Buffer.from(await whole(again))).toEqual(joined(left));
      await again.append(more);
      expect(Buffer.from(await whole(await growSealedFile(disk, under('k'))))).toEqual(joined([...left, more]));
    }));
  });

  it('that is read is never changed, and says so where it is cut in the middle of a frame', async () => {
    await fc.assert(fc.asyncProperty(pieces, fc.nat(), async (parts, cut) => {
      const { disk, ends, at } = await cutFile(parts, cut);
      const before = disk.bytes;
      const read = await readSealedFile(disk, under('k')).then(whole).catch((error: unknown) => error);
      expect(disk.bytes).toBe(before);
      if (ends.includes(at)) expect(Buffer.from(read as Uint8Array)).toEqual(joined(parts.slice(0, ends.indexOf(at))));
      else expect(read).toBeInstanceOf(SealedFileDamaged);
    }));
  });

  it('tells any change of its bytes, and another key', async () => {
    const disk = new MemoryFile();
    const file = await growSealedFile(disk, under('k'));
    const parts = [Buffer.from('Giấy khai sinh'), Buffer.from('bản chính, hai mặt')];
    for (const part of parts) await file.append(part);
    await expect(growSealedFile(disk, under('other')).then(whole)).rejects.toThrow(SealedFileDamaged);
    const good = disk.bytes;
    for (let at = 0; at < good.length; at += 1) {
      disk.bytes = good.slice();
      disk.bytes[at] = (disk.bytes[at] ?? 0) ^ 0x01;
      await expect(readSealedFile(disk, under('k')).then(whole)).rejects.toThrow(SealedFileDamaged);
      const read = await growSealedFile(disk, under('k')).then(whole).catch((error: unknown) => error);
      // To who goes on with it a changed length looks like a write that a crash cut: what is left is never another content.
      if (read instanceof Uint8Array) expect([Buffer.alloc(0), parts[0]]).toContainEqual(Buffer.from(read));
      else expect(read).toBeInstanceOf(SealedFileDamaged);
    }
  });

  it('does not use a key twice: the same content makes other bytes', async () => {
    const [one, other] = [new MemoryFile(), new MemoryFile()];
    for (const [disk, seed] of [[one, 'a'], [other, 'b']] as const) {
      const options = { ...under('k'), random: seededRandom(seed) };
      await (await growSealedFile(disk, options)).append(new Uint8Array(100));
    }
    expect(Buffer.from(one.bytes.subarray(24))).not.toEqual(Buffer.from(other.bytes.subarray(24)));
  });

  it('takes more than a frame at once, and is on the disk when it says so', async () => {
    const disk = new MemoryFile();
    const file = await growSealedFile(disk, under('k'));
    const before = disk.syncs;
    await file.append(new Uint8Array(frameLimit + 1).fill(7));
    expect(disk.syncs).toBe(before + 1);
    expect((await file.read(frameLimit - 1, 10)).length).toBe(2);
    expect((await whole(await growSealedFile(disk, under('k')))).every((byte) => byte === 7)).toBe(true);
  });
});
