import { statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verdictsInShort } from '#central/export/index.ts';
import { judgeProvince, provinceSource } from '#central/judge/index.ts';
import { verifier } from '#central/keys/index.ts';
import { due, exportTo, filesFolder, linesOf, smallProvince, verify, type SmallProvince } from './centre.ts';

describe('an exported file', () => {
  const files = filesFolder();
  let province: SmallProvince;
  beforeAll(async () => {
    province = await smallProvince();
  });
  afterAll(async () => {
    await province.at.end();
    files.end();
  });

  it('is intact, and has the verdicts of the centre itself', async () => {
    const { at } = province;
    const file = files.file('whole.ndjson.gz');
    const exported = await exportTo(at, file);
    expect(statSync(file).mode & 0o077).toBe(0);
    const found = await verify(file, { key: at.centre.keys.signer.publicKey });
    expect(found.flaws).toEqual([]);
    expect(found.intact).toBe(true);
    expect(found.checked).toMatchObject({ logs: 4, anchors: 3, bodies: 4, erased: 2, leftOut: 0, heads: 4, catalogues: 1, uncheckedCatalogues: 0, unreadableAnchors: 0, entries: exported.entries });
    const centre = verdictsInShort(judgeProvince(await provinceSource(at.centre.store).read(), at.time.now, { centreKeys: [at.centre.keys.signer.publicKey], verifier }));
    expect(centre.count).toBe(6);
    expect(found.verdicts).toEqual(centre);
    expect(exported.verdicts).toEqual(centre);
    // As known at another time, the centre and the file agree as well.
    const then = verdictsInShort(judgeProvince(await provinceSource(at.centre.store).read(), due, { centreKeys: [at.centre.keys.signer.publicKey], verifier }));
    expect(then.sha256).not.toBe(centre.sha256);
    expect((await verify(file, { now: due })).verdicts).toEqual(then);
  });

  it('can leave the bodies out, and hold some logs alone', async () => {
    const { at, desks } = province;
    const file = files.file('part.ndjson.gz');
    const log = desks[0]?.log ?? '';
    await exportTo(at, file, { bodies: false, logs: [log] });
    const text = linesOf(file).join('\n');
    expect([text.includes('Nguyễn Văn A'), text.includes('020090001234'), text.includes('"salt"')]).toEqual([false, false, false]);
    const found = await verify(file);
    expect(found.flaws).toEqual([]);
    expect(found.checked).toMatchObject({ logs: 2, bodies: 0, erased: 0, leftOut: 3 });
    expect(found.verdicts?.count).toBe(3);
    await expect(exportTo(at, file, { logs: ['019abf3c-7c00-7a11-8b22-0123456789ab'] })).rejects.toThrow('log.unknown');
  });

  it('holds no verifier of a PIN', async () => {
    const file = files.file('pins.ndjson.gz');
    await exportTo(province.at, file);
    expect(linesOf(file).filter((line) => line.includes('"pin"'))).toEqual([]);
  });

  it('is refused with another key than the one insisted on, and by a fingerprint of another', async () => {
    const file = files.file('key.ndjson.gz');
    await exportTo(province.at, file);
    expect((await verify(file, { key: province.desks[0]?.signer.publicKey })).flaws[0]).toMatchObject({ code: 'file.other-key', line: 1 });
    expect((await verify(file, { key: '0123456789abcdef' })).intact).toBe(false);
    expect((await verify(file, { key: province.at.centre.keys.signer.keyId.slice(0, 16) })).intact).toBe(true);
  });
});
