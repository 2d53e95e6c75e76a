import type { ReactNode } from 'react';
import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { StateWord, Table } from '#renderer/ui/index.ts';
import { stateOf } from '../../state/dossier-state.ts';
import { useSession } from '../../state/session.ts';

interface LineTableProps {
  caption: string;
  lines: readonly DossierLine[];
  onOpen: (line: DossierLine) => void;
  /** Columns after the usual ones. */
  more?: readonly { key: string; title: string; cell: (line: DossierLine) => ReactNode }[];
}

/** Dossiers one a line: code, who, what, received, due, state, sent or not. */
export function LineTable({ caption, lines, onOpen, more = [] }: LineTableProps): React.JSX.Element {
  const { t, language } = useText();
  const today = useSession((state) => state.today);
  return (
    <Table
      caption={caption}
      rows={lines}
      rowKey={(line) => line.id}
      onOpen={onOpen}
      columns={[
        { key: 'code', title: t('dossiers.code'), cell: (line) => <span className="code nowrap">{line.code}</span> },
        { key: 'applicant', title: t('dossiers.applicant'), cut: true, cell: (line) => (line.applicantName === '' ? <span className="muted">{t('dossiers.nobody')}</span> : <span title={line.applicantName}>{line.applicantName}</span>) },
        { key: 'procedure', title: t('dossiers.procedure'), cut: true, cell: (line) => <span title={line.procedureName}>{line.procedureName}</span> },
        { key: 'accepted', title: t('dossiers.began'), cell: (line) => <span className="nowrap">{formatDateTime(line.acceptedAt ?? line.beganAt)}</span> },
        { key: 'due', title: t('dossiers.due'), cell: (line) => <span className="nowrap">{line.dueAt === undefined ? '–' : formatDueDate(line.dueAt, language)}</span> },
        ...more,
        {
          key: 'state',
          title: t('dossiers.state'),
          cell: (line) => {
            const { tone, words } = stateOf(line, today, t);
            return line.conflict ? <StateWord tone="warning">{t('state.conflict')}</StateWord> : <StateWord tone={tone}>{words}</StateWord>;
          },
        },
        { key: 'sent', title: t('dossiers.sent'), cell: (line) => <span className="muted nowrap">{line.sent ? t('state.sent') : t('state.waitingToSend')}</span> },
      ]}
    />
  );
}
