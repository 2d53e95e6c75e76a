import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { leaseSchema, leasedCode, logTag, parseDossierCode, provisionalCode, type CodeLease } from '#shared/catalogue/index.ts';

const lease: CodeLease = leaseSchema.parse({
  id: 'l1', log: '01890000-0000-7000-8000-0000000abcde', agencyIdentifier: 'H37.90.01', validFrom: '2026-11-01', validTo: '2026-11-30', first: 101, last: 103,
});

describe('leased codes', () => {
  it('count from the first number, each day anew, and end with the last', () => {
    expect([0, 1, 2, 3].map((used) => leasedCode(lease, '2026-11-24', used))).toEqual(['H37.90.01-261124-0101', 'H37.90.01-261124-0102', 'H37.90.01-261124-0103', undefined]);
    expect(leasedCode(lease, '2026-11-25', 0)).toBe('H37.90.01-261125-0101');
  });

  it('exist only on days of the lease, its first and last day included', () => {
    expect(['2026-10-31', '2026-11-01', '2026-11-30', '2026-12-01'].map((date) => leasedCode(lease, date, 0) !== undefined)).toEqual([false, true, true, false]);
  });

  it('refuses a lease that holds nothing', () => {
    expect(leaseSchema.safeParse({ ...lease, first: 5, last: 4 }).success).toBe(false);
    expect(leaseSchema.safeParse({ ...lease, validFrom: '2026-12-01' }).success).toBe(false);
    expect(leaseSchema.safeParse({ ...lease, agencyIdentifier: 'h37' }).success).toBe(false);
  });
});

describe('provisional codes', () => {
  it('are unmistakable and name the log by its random end', () => {
    // 0xabcde = 10101 01111 00110 11110
    expect(logTag(lease.log)).toBe('NF6Y');
    expect(provisionalCode('7K2M', 31)).toBe('T-7K2M-0031');
    expect(provisionalCode('7K2M', 12345)).toBe('T-7K2M-12345');
    expect(parseDossierCode('t-7k2m-0031')).toEqual({ style: 'provisional', code: 'T-7K2M-0031', tag: '7K2M', sequence: 31 });
    // Read out as letters, meant as digits.
    expect(parseDossierCode('T-OI2L-0031')?.code).toBe('T-0121-0031');
  });

  it('come back as written for every log and number', () => {
    fc.assert(fc.property(fc.uuid(), fc.integer({ min: 1, max: 1_000_000 }), (log, n) => {
      const code = provisionalCode(logTag(log), n);
      expect(parseDossierCode(code)).toEqual({ style: 'provisional', code, tag: logTag(log), sequence: n });
    }));
  });
});

describe('parsing dossier codes', () => {
  it('knows the old and the new style', () => {
    expect(parseDossierCode('000.00.01.H26-260930-0012')).toEqual({ style: 'old', code: '000.00.01.H26-260930-0012', agencyIdentifier: '000.00.01.H26', date: '2026-09-30', sequence: 12 });
    expect(parseDossierCode(' h15.50.05.13-261008-0975\r\n')).toEqual({ style: 'new', code: 'H15.50.05.13-261008-0975', agencyIdentifier: 'H15.50.05.13', date: '2026-10-08', sequence: 975 });
    expect(parseDossierCode('H37.01-261124-0001')?.style).toBe('new');
  });

  it.each(['', 'H37', 'H37.01-261332-0001', 'H37.01-260230-0001', '0912-345678-0001', 'H37..01-261124-0001', 'H37.01-261124-01', 'T-7K2-0031', 'T-UUUU-0001', `${'H3.'.repeat(12)}H-261124-0001`])('refuses %p', (text) => {
    expect(parseDossierCode(text)).toBeUndefined();
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => {
      const code = parseDossierCode(text);
      expect(code === undefined || parseDossierCode(code.code)?.code === code.code).toBe(true);
    }));
  });
});
