import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sentence } from '#shared/errors/index.ts';
import { classifyScan } from '#shared/vietnamese/index.ts';

const dossier = '019abcde-0000-7000-8000-0123456789ab';

describe('the one scan field', () => {
  it.each([
    ['H37.90.01-261124-0001', { kind: 'dossierCode', code: 'H37.90.01-261124-0001' }],
    [' 000.00.01.h26-260930-0012\r\n', { kind: 'dossierCode', code: '000.00.01.H26-260930-0012' }],
    ['T-7K2M-0031', { kind: 'dossierCode', code: 'T-7K2M-0031' }],
    [`QUAY:${dossier}:H37.90.01-261124-0001`, { kind: 'dossierCode', code: 'H37.90.01-261124-0001', dossier }],
    [`quay:${dossier.toUpperCase()}:t-7k2m-0031`, { kind: 'dossierCode', code: 'T-7K2M-0031', dossier }],
    ['1.001193', { kind: 'procedureCode', code: '1.001193' }],
    ['1.001193.h37', { kind: 'procedureCode', code: '1.001193.H37' }],
    ['001090123456', { kind: 'idNumber', number: '001090123456' }],
    ['001 090 123 456', { kind: 'idNumber', number: '001090123456' }],
    ['012345678', { kind: 'idNumber', number: '012345678' }],
    ['b1234567', { kind: 'idNumber', number: 'B1234567' }],
    ['0100109106', { kind: 'idNumber', number: '0100109106' }],
    ['0100109106-012', { kind: 'idNumber', number: '0100109106-012' }],
    // A telephone number too; the search for it finds both.
    ['0300588569', { kind: 'phone', number: '0300588569' }],
    ['Nguyễn\u00ADVăn\u200B An', { kind: 'words', text: 'NguyễnVăn An' }],
    ['0912 345 678', { kind: 'phone', number: '0912345678' }],
    ['+84 912 345 678', { kind: 'phone', number: '0912345678' }],
    ['  hộ   tịch ', { kind: 'words', text: 'hộ tịch' }],
    ['Nguyễn Văn A'.normalize('NFD'), { kind: 'words', text: 'Nguyễn Văn A' }],
    ['12345', { kind: 'words', text: '12345' }],
    ['', { kind: 'fault', fault: { code: 'scan.empty', params: {} } }],
    [' \r\n', { kind: 'fault', fault: { code: 'scan.empty', params: {} } }],
    ['QUAY:x:H37.90.01-261124-0001', { kind: 'fault', fault: { code: 'scan.malformed-receipt', params: {} } }],
    [`QUAY:${dossier}:none`, { kind: 'fault', fault: { code: 'scan.malformed-receipt', params: {} } }],
    ['001090123456|x', { kind: 'fault', fault: { code: 'scan.malformed-card', params: { reason: 'số trường dữ liệu' } } }],
  ])('%p', (text, expected) => {
    expect(classifyScan(text)).toEqual(expected);
  });

  it('takes a citizen card, with the line end the scanner types', () => {
    expect(classifyScan('020190123456||Nông Thị Bích|05061990|Nữ|Khối 3, Lạng Sơn|15042021\r')).toMatchObject({ kind: 'citizenCard', card: { number: '020190123456', fullName: 'Nông Thị Bích' } });
  });

  it('answers whatever is typed, and its faults have sentences', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      const scan = classifyScan(text);
      expect(scan.kind === 'fault' ? sentence(scan.fault, 'vi') : '').not.toMatch(/[{}]/);
    }), { numRuns: 1000 });
  });
});
