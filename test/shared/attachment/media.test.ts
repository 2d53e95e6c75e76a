import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { attachmentLimits, mediaTypeOf, nextPiece } from '#shared/attachment/index.ts';

const text = (value: string): Uint8Array => Buffer.from(value, 'latin1');

describe('the type of a digitised paper', () => {
  it.each([
    ['%PDF-1.7\n', 'application/pdf'],
    ['\u00ef\u00bb\u00bf%PDF-1.4', 'application/pdf'],
    [`${' '.repeat(1_019)}%PDF-`, 'application/pdf'],
    ['\u00ff\u00d8\u00ff\u00e0\u0000\u0010JFIF', 'image/jpeg'],
    ['\u0089PNG\r\n\u001a\n', 'image/png'],
  ])('is read off the content %j', (head, type) => {
    expect(mediaTypeOf(text(head))).toBe(type);
  });

  it.each(['', '%PDF', `${' '.repeat(1_020)}%PDF-`, 'PK\u0003\u0004', 'MZ\u0090', '<html>', '\u00ff\u00d8', '\u0089PNG\n'])('is unknown of %j', (head) => {
    expect(mediaTypeOf(text(head))).toBeUndefined();
  });
});

describe('the size of the next piece', () => {
  it('shrinks on a slow line, grows on a quick one, and keeps its bounds', () => {
    expect(nextPiece(512 * 1024, 10_000)).toBe(256 * 1024);
    expect(nextPiece(512 * 1024, 2_000)).toBe(512 * 1024);
    expect(nextPiece(512 * 1024, 100)).toBe(1024 * 1024);
    fc.assert(fc.property(fc.nat(4_000_000), fc.nat(100_000), (bytes, took) => {
      const next = nextPiece(bytes, took);
      expect(next).toBeGreaterThanOrEqual(attachmentLimits.leastPiece);
      expect(next).toBeLessThanOrEqual(attachmentLimits.mostPiece);
    }));
  });
});
