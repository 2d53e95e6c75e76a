import { describe, expect, it } from '@jest/globals';
import { en } from '#renderer/i18n/en/index.ts';
import { formatBirth, formatCount, formatMoment, formatMoney, formatSize, texts, type TextKey } from '#renderer/i18n/index.ts';
import { vi } from '#renderer/i18n/vi/index.ts';
import { instantOf } from '#shared/deadline/index.ts';

const keys = Object.keys(vi) as TextKey[];
const placeholders = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name).sort();

describe('texts', () => {
  it('has every text in both languages, with the same placeholders', () => {
    expect(Object.keys(en).sort()).toEqual([...keys].sort());
    for (const key of keys) expect([key, ...placeholders(en[key])]).toEqual([key, ...placeholders(vi[key])]);
  });

  it('writes Vietnamese as an official would: NFC, no exclamation marks, nothing left to do', () => {
    for (const key of keys) {
      expect([key, vi[key]]).toEqual([key, vi[key].normalize('NFC')]);
      expect([key, vi[key]]).not.toEqual([key, expect.stringMatching(/[!]|\bTODO\b|\bOK\b|\bOops\b|\s{2}|\s$/)]);
      expect(vi[key]).not.toBe('');
    }
  });

  it('keeps the names that clerks are taught and that tests look for', () => {
    const t = texts('vi');
    expect([t('scan.label'), t('reception.idNumber'), t('reception.fullName'), t('reception.procedure'), t('reception.save'), t('return.save'), t('ready.save'), t('signIn.pin'), t('signIn.submit')])
      .toEqual(['Quét thẻ, biên nhận hoặc gõ để tìm', 'Số CCCD', 'Họ tên', 'Thủ tục', 'Lưu và in', 'Trả và in', 'Có kết quả', 'Mã PIN', 'Đăng nhập']);
  });

  it('fills placeholders', () => {
    expect(texts('vi')('network.waitingOldest', { count: 14, at: '13:22' })).toBe('14 hồ sơ chờ gửi, cũ nhất 13:22');
    expect(texts('en')('state.daysLeft', { days: 2 })).toBe('2 days left');
  });

  it('writes figures, sizes and times as each language does', () => {
    expect(formatCount(70_415, 'vi')).toBe('70.415');
    expect(formatMoney(8000, 'vi')).toBe('8.000 đ');
    expect(formatSize(312, 'vi')).toBe('312 byte');
    expect(formatSize(2_516_582, 'vi')).toBe('2,4 MB');
    expect(formatMoment(instantOf('2026-11-23', '13:20'), '2026-11-23')).toBe('13:20');
    expect(formatMoment(instantOf('2026-11-22', '13:20'), '2026-11-23')).toBe('22/11/2026 13:20');
    expect(formatBirth('1990-01-02')).toBe('02/01/1990');
    expect(formatBirth('1990')).toBe('1990');
  });
});
