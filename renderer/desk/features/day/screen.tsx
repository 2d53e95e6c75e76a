import { useState } from 'react';
import { addDays, formatDate, formatDateTime, parseDate, weekdayName, weekdayOf } from '#shared/deadline/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';
import { formatCount, formatMoment, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Panel, Skeleton, StateWord, Table, TextInput, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useAsked } from '../../state/asked.ts';
import { stateOf } from '../../state/dossier-state.ts';
import { usePrintCloseSheet, usePrintRegister } from '../../state/print.ts';
import { useMay, useSession } from '../../state/session.ts';
import { focusScanField, sayFault, useWindow } from '../../state/window.ts';
import { Screen } from '../frame/screen.tsx';
import { CloseDialog, CloseLine } from './close.tsx';

const figures = ['received', 'returned', 'dueTomorrow', 'waitingToSend'] as const;

/** The day's log: four figures, and the register (sổ theo dõi hồ sơ) of the day. */
export function DayScreen(): React.JSX.Element {
  const { t, language } = useText();
  const today = useSession((state) => state.today);
  const go = useWindow((state) => state.go);
  const [chosen, setChosen] = useState<string>();
  const { value, fault } = useAsked('day.view', chosen === undefined ? {} : { date: chosen });
  const printRegister = usePrintRegister();
  const printSheet = usePrintCloseSheet();
  const person = useSession((state) => state.view?.signedIn);
  const mayClose = useMay('day.close');
  const [closing, setClosing] = useState(false);
  const date = chosen ?? value?.date;
  const print = (): void => {
    if (date === undefined) return;
    const day = formatDate(date);
    void printRegister(date, date, { printed: t('day.printed', { day }), filed: t('day.printedFile', { day }), failed: (why) => why });
  };
  const show = async (): Promise<void> => {
    if (date === undefined) return;
    const answer = await call('register.show', { from: date, to: date });
    if (!answer.ok) sayFault(answer.fault, language);
  };
  const isToday = date !== undefined && date === today;
  const close = (): void => {
    if (!mayClose) useWindow.getState().say({ tone: 'plain', words: t('day.closeNotYours') });
    else if (!isToday) useWindow.getState().say({ tone: 'plain', words: t('day.closeWrongDay') });
    else setClosing(true);
  };
  const sheet = (day: string): void => {
    const words = formatDate(day);
    void printSheet(day, { printed: t('day.sheetPrinted', { day: words }), filed: t('day.sheetFile', { day: words }), failed: (why) => why });
  };
  const showSheet = async (day: string): Promise<void> => {
    const answer = await call('close-sheet.show', { date: day });
    if (!answer.ok) sayFault(answer.fault, language);
  };
  useKeys({ Escape: focusScanField, 'Alt+I': print, 'Alt+E': () => void show(), 'Alt+C': close });
  const footer = date === undefined ? undefined : (
    <>
      <Button keyHint="Alt+E" onClick={() => void show()}>{t('day.show')}</Button>
      <Button keyHint="Alt+I" onClick={print}>{t('day.print')}</Button>
      {value?.closed ? (
        <>
          <Button onClick={() => void showSheet(value.date)}>{t('day.sheetShow')}</Button>
          <Button onClick={() => sheet(value.date)}>{t('day.sheetPrint')}</Button>
        </>
      ) : null}
      {mayClose && isToday ? <Button kind="primary" keyHint="Alt+C" onClick={close}>{t(value?.closed ? 'day.closeAgain' : 'day.close')}</Button> : null}
    </>
  );

  return (
    <Screen title={t('day.title')} footer={footer}>
      {date === undefined ? null : <DayPicker date={date} today={today} onChoose={(day) => setChosen(day === today ? undefined : day)} />}
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      {value ? (
        <>
          <dl className="figures">
            {figures.map((figure) => <div key={figure}><dt>{t(`day.${figure}`)}</dt><dd>{formatCount(value[figure], language)}</dd></div>)}
          </dl>
          {value.closed || isToday ? <CloseLine closed={value.closed} due={value.closeDue === true} may={mayClose} /> : null}
          <Panel title={t('day.register')} aside={<span className="muted small">{weekdayName(weekdayOf(value.date), language)} {formatDate(value.date)}</span>} bare className="scroll-panel">
            {value.lines.length === 0 ? <NothingHere title={t('day.empty')}>{t('day.emptyHint')}</NothingHere> : (
              <Register lines={value.lines} date={value.date} onOpen={(line) => go({ name: 'dossier', dossier: line.id, from: 'day' })} />
            )}
          </Panel>
        </>
      ) : fault ? null : <Skeleton label={t('ui.loading')} lines={9} />}
      {closing && person && date !== undefined ? <CloseDialog date={date} person={person} onClose={() => setClosing(false)} onDone={() => sheet(date)} /> : null}
    </Screen>
  );
}

function DayPicker({ date, today, onChoose }: { date: string; today: string | undefined; onChoose: (date: string) => void }): React.JSX.Element {
  const { t, language } = useText();
  const [typed, setTyped] = useState<string>();
  const [error, setError] = useState<string>();
  const choose = (day: string): void => {
    setTyped(undefined);
    setError(undefined);
    onChoose(day);
  };
  const read = (): void => {
    if (typed === undefined) return;
    const day = parseDate(typed);
    if (day.ok) choose(day.value);
    else setError(sentence(day.fault, language));
  };
  return (
    <div className="list-tools day-picker">
      <TextInput
        label={t('day.date')}
        inputMode="numeric"
        maxLength={10}
        value={typed ?? formatDate(date)}
        error={error}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={read}
        onKeyDown={(event) => {
          if (event.key === 'Enter') {
            event.preventDefault();
            read();
          }
        }}
      />
      <Button onClick={() => choose(addDays(date, -1))}>{t('day.previous')}</Button>
      <Button onClick={() => choose(addDays(date, 1))} disabled={today === undefined || date >= today}>{t('day.next')}</Button>
      <Button kind="quiet" disabled={today === undefined || date === today} onClick={() => { if (today !== undefined) choose(today); }}>{t('day.today')}</Button>
    </div>
  );
}

function Register({ lines, date, onOpen }: { lines: readonly DossierLine[]; date: string; onOpen: (line: DossierLine) => void }): React.JSX.Element {
  const { t } = useText();
  const today = useSession((state) => state.today);
  const numbers = new Map(lines.map((line, index) => [line.id, index + 1]));
  const moment = (at: number | undefined): string => (at === undefined ? '–' : formatMoment(at, date));
  return (
    <Table
      caption={t('day.register')}
      rows={lines}
      rowKey={(line) => line.id}
      onOpen={onOpen}
      openLabel={(line) => `${numbers.get(line.id) ?? ''} ${line.code}`}
      columns={[
        { key: 'number', title: t('day.number'), cell: (line) => numbers.get(line.id) },
        { key: 'code', title: t('dossiers.code'), cell: (line) => <span className="code nowrap">{line.code}</span> },
        { key: 'applicant', title: t('dossiers.applicant'), cut: true, cell: (line) => (line.applicantName === '' ? <span className="muted">{t('dossiers.nobody')}</span> : <span title={line.applicantName}>{line.applicantName}</span>) },
        { key: 'procedure', title: t('dossiers.procedure'), cut: true, cell: (line) => <span title={line.procedureName}>{line.procedureName}</span> },
        { key: 'accepted', title: t('dossiers.began'), figure: true, cell: (line) => moment(line.acceptedAt ?? line.beganAt) },
        { key: 'due', title: t('dossiers.due'), figure: true, cell: (line) => (line.dueAt === undefined ? '–' : formatDateTime(line.dueAt)) },
        { key: 'ready', title: t('day.readyAt'), figure: true, cell: (line) => moment(line.readyAt) },
        { key: 'returned', title: t('day.returnedAt'), figure: true, cell: (line) => moment(line.handedOverAt) },
        {
          key: 'state',
          title: t('dossiers.state'),
          cell: (line) => {
            const { tone, words } = stateOf(line, today, t);
            return <StateWord tone={tone}>{words}</StateWord>;
          },
        },
      ]}
    />
  );
}
