import { useCallback } from 'react';
import { useWatch } from 'react-hook-form';
import { z } from 'zod';
import type { Paper } from '#shared/catalogue/index.ts';
import { formatDueDate, supplementEffect } from '#shared/deadline/index.ts';
import { openSupplement, type RequestSupplementCommand } from '#shared/dossier/index.ts';
import type { DossierView, RecordedAct } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, TextArea, TextInput } from '#renderer/ui/index.ts';
import { useNow } from '../../../state/relative.ts';
import { useSession } from '../../../state/session.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish, useTellsDue } from '../finish.ts';
import { PapersField, tickedPaperSchema } from '../papers-field.tsx';
import { useProcedure } from '../procedure.ts';
import { countTyped, given, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActForm, type ActFormProps } from '../use-act.ts';

const valuesSchema = z.object({ papers: z.array(tickedPaperSchema), text: z.string(), contact: z.string() });
type Values = z.infer<typeof valuesSchema>;

/** The form of a request; `intake` is what was brought to the counter and is not in the log yet. */
function requestForm(intake: RequestSupplementCommand['intake']): ActForm<Values, 'supplement.request'> {
  return {
    channel: 'supplement.request',
    values: valuesSchema,
    command: ({ papers, text, contact }, { act, dossier }) => ({
      act, dossier, text: wordsTyped(text) ?? '', ...given('contact', wordsTyped(contact)), ...given('intake', intake),
      papers: papers.filter(({ ticked }) => ticked).map(({ code, kind, quantity }) => ({ code, kind, quantity: countTyped(quantity) })),
    }),
    places: { papers: ['papers', 'form.quantity'], text: ['text', 'acts.reasonError'], contact: ['contact', 'acts.tooLong'] },
  };
}

interface RequestProps {
  dossier: string;
  /** The procedure's papers; those in `missing` are ticked already. */
  papers: readonly Paper[];
  missing?: readonly string[];
  /** What happens to the term. */
  effect: 'none' | 'restart' | 'pause';
  noticeBy?: number | undefined;
  intake?: RequestSupplementCommand['intake'];
  /** Asked before it is sent; false keeps it here. */
  before?: () => Promise<boolean>;
  onBack: () => void;
  onDone: (answer: RecordedAct) => void;
}

/** Which papers are to be supplemented and why (form 02). */
export function RequestSupplement({ dossier, papers, missing = [], effect, noticeBy, intake, before, onBack, onDone }: RequestProps): React.JSX.Element {
  const { t, language } = useText();
  const contact = useSession((state) => state.view?.signedIn?.name) ?? '';
  const usual = papers.map(({ code, name, kind, quantity }) => ({ code, name, kind, quantity: String(quantity), ticked: missing.includes(code) }));
  const act = useAct(requestForm(intake), dossier, { papers: usual, text: '', contact }, onDone);
  const asked = useWatch({ control: act.form.control, name: 'papers' });
  const words = effect === 'none' ? t('acts.supplementCounter') : effect === 'restart' ? t('acts.supplementRestart') : t('acts.supplementPause');
  return (
    <ActPanel title={t('order.requestSupplement')} act={act} before={before} onBack={onBack} words={words} confirm={t('acts.saveAndPrint')}>
      {noticeBy === undefined ? null : <dl className="facts act-facts"><dt>{t('acts.noticeBy')}</dt><dd className="strong">{formatDueDate(noticeBy, language)}</dd></dl>}
      <PapersField label={t('acts.askedPapers')} hint={t('acts.askedPapersHint')} papers={asked} error={act.error('papers')} onChange={(next) => act.change('papers', next)} />
      <TextArea label={t('acts.reason')} maxLength={1000} error={act.error('text')} {...act.form.register('text')} />
      <TextInput label={t('acts.contact')} maxLength={200} error={act.error('contact')} {...act.form.register('contact')} />
    </ActPanel>
  );
}

/** The same for a dossier that is in the log: before its acceptance, or in its examination. */
export function RequestSupplementForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('requestSupplement');
  const procedure = useProcedure(view);
  const { received } = view.state;
  const tells = useCallback(({ state }: DossierView) => {
    const by = openSupplement(state)?.requested.completeBy;
    return by === undefined ? undefined : t('acts.untilSupplement', { at: formatDueDate(by, language) });
  }, [t, language]);
  const known = view.papers.map(({ paper }) => paper);
  const papers = known.length > 0 ? known : (procedure?.papers ?? []);
  return (
    <RequestSupplement
      // Before acceptance the papers are the procedure's, which is asked for.
      key={papers.length}
      dossier={view.id}
      papers={papers}
      missing={view.papers.filter(({ present }) => !present).map(({ paper }) => paper.code)}
      effect={received ? supplementEffect(received.due.ruleSet, procedure?.supplement) : 'none'}
      noticeBy={received?.noticeBy}
      onBack={onBack}
      onDone={(answer) => void finish(answer, { prints: 'supplement', tells })}
    />
  );
}

const completion = actForm({
  channel: 'supplement.complete',
  values: z.object({ papers: z.array(tickedPaperSchema), note: z.string() }),
  command: ({ papers, note }, { act, dossier }) => ({
    act, dossier, ...given('note', wordsTyped(note)),
    papers: papers.map(({ code, kind, quantity, ticked }) => ({ code, kind, quantity: ticked ? countTyped(quantity) : 0, present: ticked })),
  }),
  places: { papers: ['papers', 'form.quantity'], note: ['note', 'acts.tooLong'] },
});

/** What was asked for has come (ghi nhận bổ sung). */
export function CompleteSupplementForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('completeSupplement');
  const tells = useTellsDue();
  const now = useNow();
  const asked = openSupplement(view.state)?.requested;
  const names = new Map(view.papers.map(({ paper }) => [paper.code, paper.name]));
  const usual = (asked?.papers ?? []).map(({ code, kind, quantity }) => ({ code, name: names.get(code) ?? code, kind, quantity: String(quantity), ticked: true }));
  const act = useAct(completion, view.id, { papers: usual, note: '' }, (answer) => void finish(answer, { tells, offers: 'reception' }));
  const papers = useWatch({ control: act.form.control, name: 'papers' });
  const over = asked !== undefined && now !== undefined && now > asked.completeBy;
  return (
    <ActPanel title={t('order.completeSupplement')} act={act} onBack={onBack} words={asked?.effect === 'pause' ? t('acts.completePause') : t('acts.completeRestart')}>
      {asked && over ? <Banner tone="danger">{t('acts.supplementOver', { at: formatDueDate(asked.completeBy, language) })}</Banner> : null}
      {asked && !over ? <dl className="facts act-facts"><dt>{t('acts.completeBy')}</dt><dd className="strong">{formatDueDate(asked.completeBy, language)}</dd></dl> : null}
      {usual.length === 0 ? null : <PapersField label={t('acts.camePapers')} papers={papers} error={act.error('papers')} onChange={(next) => act.change('papers', next)} />}
      <TextArea label={t('acts.note')} maxLength={1000} error={act.error('note')} {...act.form.register('note')} />
    </ActPanel>
  );
}
