import type { DueDate } from './due.ts';

export function explain(_due: DueDate, _language: 'vi' | 'en'): string[] {
  return [];
}
