import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import type { DutyName } from '#shared/dossier/index.ts';
import type { DutyLine } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { StateWord, Table } from '#renderer/ui/index.ts';
import { relativeTime, useNow } from '../../state/relative.ts';

interface DutyTableProps {
  caption: string;
  duties: readonly DutyLine[];
  onOpen: (line: DutyLine) => void;
}

/** Duties without a time limit: their instant is when they began. */
const without: readonly DutyName[] = ['notify', 'settle-conflict', 'decide-stop', 'take-over', 'hand-on'];

export function isSince(duty: DutyName): boolean {
  return without.includes(duty);
}

/** Duties one a line: what, until when and how far that is, of which dossier. */
export function DutyTable({ caption, duties, onOpen }: DutyTableProps): React.JSX.Element {
  const { t, language } = useText();
  const now = useNow();
  return (
    <Table
      caption={caption}
      rows={duties}
      rowKey={({ duty, line }) => `${duty} ${line.id}`}
      onOpen={onOpen}
      openLabel={({ duty, line }) => t('duties.openAct', { duty: t(`duty.${duty}`), code: line.code })}
      columns={[
        { key: 'duty', title: t('duties.what'), cell: ({ duty }) => <span className="strong nowrap">{t(`duty.${duty}`)}</span> },
        {
          key: 'by',
          title: t('duties.by'),
          cell: ({ duty, by, past }) => (
            <div className="timeline-act">
              {now === undefined ? null : <StateWord tone={isSince(duty) ? 'plain' : past ? 'danger' : by - now < 4 * 3_600_000 ? 'warning' : 'plain'}>{relativeTime(by, now, t, isSince(duty))}</StateWord>}
              <span className="muted small nowrap">{isSince(duty) ? t('duties.since', { at: formatDateTime(by) }) : formatDueDate(by, language)}</span>
            </div>
          ),
        },
        { key: 'code', title: t('dossiers.code'), cell: ({ line }) => <span className="code nowrap">{line.code}</span> },
        { key: 'applicant', title: t('dossiers.applicant'), cut: true, cell: ({ line }) => <span title={line.applicantName}>{line.applicantName}</span> },
        { key: 'procedure', title: t('dossiers.procedure'), cut: true, cell: ({ line }) => <span title={line.procedureName}>{line.procedureName}</span> },
      ]}
    />
  );
}
