import { Controller, useWatch } from 'react-hook-form';
import { z } from 'zod';
import { formatDateTime, formatDueDate } from '#shared/deadline/index.ts';
import { unmatchedHops, type Hop } from '#shared/dossier/index.ts';
import type { DossierView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Checkbox, Select, TextArea } from '#renderer/ui/index.ts';
import { ActPanel } from '../act-panel.tsx';
import { useFinish } from '../finish.ts';
import { PapersField, tickedPaperSchema } from '../papers-field.tsx';
import { PlaceField, usePlaces, type PlaceChoice } from '../place-field.tsx';
import { given, wordsTyped } from '../../../typed.ts';
import { actForm, useAct, type ActFormProps } from '../use-act.ts';

const placeSchema = z.object({ agency: z.string(), unit: z.string().optional(), agencyName: z.string(), unitName: z.string().optional(), own: z.boolean() });

/** A chosen place as a command names it; nothing chosen is what the command's schema refuses. */
function placeOf(place: PlaceChoice | null): { agency: string; unit?: string } {
  return { agency: place?.agency ?? '', ...given('unit', place?.unit) };
}

const giving = actForm({
  channel: 'transfer.give',
  values: z.object({ to: placeSchema.nullable(), fromUnit: z.string(), paper: z.boolean(), note: z.string() }),
  command: ({ to, fromUnit, paper, note }, { act, dossier, second }) => ({
    act, dossier, hop: second, to: placeOf(to), ...given('fromUnit', fromUnit === '' ? undefined : fromUnit), paper, ...given('note', wordsTyped(note)),
  }),
  places: { to: ['to', 'acts.toError'], note: ['note', 'acts.tooLong'] },
  faults: { 'transfer.nowhere': 'to', 'transfer.unknown-agency': 'to' },
});

/** The dossier goes on to a unit or an agency (chuyển hồ sơ): the giver's half of form 06. */
export function ForwardForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t, language } = useText();
  const finish = useFinish('forward');
  const own = usePlaces().find((place) => place.own);
  const act = useAct(giving, view.id, { to: null, fromUnit: '', paper: true, note: '' }, (answer) => void finish(answer, { offers: 'control' }));
  const { form, error } = act;
  const { received, hops } = view.state;
  const by = hops.length === 0 ? received?.transferBy : undefined;
  return (
    <ActPanel title={t('order.forward')} act={act} onBack={onBack}>
      {by === undefined && received?.paperBy === undefined ? null : (
        <dl className="facts act-facts">
          {by === undefined ? null : <><dt>{t('acts.transferBy')}</dt><dd className="strong">{formatDueDate(by, language)}</dd></>}
          {received?.paperBy === undefined ? null : <><dt>{t('acts.paperBy')}</dt><dd className="strong">{formatDueDate(received.paperBy, language)}</dd></>}
        </dl>
      )}
      <div className="act-pair">
        <Controller
          control={form.control}
          name="to"
          render={({ field }) => <PlaceField label={t('acts.to')} inputRef={field.ref} value={field.value ?? undefined} error={error('to')} onChoose={(choice) => act.change('to', choice)} />}
        />
        {own && own.units.length > 0 ? (
          <Select label={t('acts.fromUnit')} {...form.register('fromUnit')}>
            <option value="">{t('acts.noUnit')}</option>
            {own.units.map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}
          </Select>
        ) : null}
      </div>
      <Checkbox label={t('acts.paperToo')} {...form.register('paper')} />
      <TextArea label={t('acts.note')} maxLength={1000} error={error('note')} {...form.register('note')} />
    </ActPanel>
  );
}

const taking = actForm({
  channel: 'transfer.take',
  values: z.object({ hop: z.string(), from: placeSchema.nullable(), toUnit: z.string(), missing: z.array(tickedPaperSchema), note: z.string() }),
  command: ({ hop, from, toUnit, missing, note }, { act, dossier, second }) => ({
    act, dossier, hop: hop === '' ? second : hop, ...given('from', hop === '' && from ? placeOf(from) : undefined), ...given('toUnit', toUnit === '' ? undefined : toUnit),
    missingPapers: missing.filter(({ ticked }) => ticked).map(({ code }) => code), ...given('note', wordsTyped(note)),
  }),
  places: { from: ['from', 'acts.fromError'], note: ['note', 'acts.tooLong'] },
  faults: { 'transfer.unknown-agency': 'from', 'transfer.elsewhere': 'hop', 'transfer.taken': 'hop' },
});

/** Name of a place that a hop names. */
export function placeName({ placeNames }: Pick<DossierView, 'placeNames'>, agency: string, unit: string | undefined): string {
  const name = placeNames[agency] ?? agency;
  return unit === undefined ? name : `${placeNames[`${agency}/${unit}`] ?? unit} · ${name}`;
}

/** The dossier has arrived here (nhận bàn giao): the receiver's half of form 06. */
export function TakeOverForm({ view, onBack }: ActFormProps): React.JSX.Element {
  const { t } = useText();
  const finish = useFinish('takeOver');
  const own = usePlaces().find((place) => place.own);
  const waiting = unmatchedHops(view.state.hops).filter((hop): hop is Hop & Required<Pick<Hop, 'given'>> => hop.given !== undefined);
  const first = waiting.find(({ toAgency }) => own === undefined || toAgency === own.id) ?? waiting[0];
  const usual = {
    hop: first?.hop ?? '', from: null, toUnit: first?.toUnit ?? '', note: '',
    missing: view.papers.filter(({ present }) => present).map(({ paper: { code, name, kind }, quantity }) => ({ code, name, kind, quantity: String(quantity), ticked: false })),
  };
  const act = useAct(taking, view.id, usual, (answer) => void finish(answer, { offers: 'control' }));
  const { form, error } = act;
  const [hop, missing] = useWatch({ control: form.control, name: ['hop', 'missing'] });
  return (
    <ActPanel title={t('order.takeOver')} act={act} onBack={onBack} words={hop === '' ? t('acts.hopUnknownHint') : undefined}>
      <Select label={t('acts.hop')} error={error('hop')} {...form.register('hop')}>
        {waiting.map((one) => <option key={one.hop} value={one.hop}>{t('acts.hopOf', { from: placeName(view, one.fromAgency, one.fromUnit), at: formatDateTime(one.given.at) })}</option>)}
        <option value="">{t('acts.hopUnknown')}</option>
      </Select>
      <div className="act-pair">
        {own && own.units.length > 0 ? (
          <Select label={t('acts.toUnit')} {...form.register('toUnit')}>
            <option value="">{t('acts.noUnit')}</option>
            {own.units.map((unit) => <option key={unit.id} value={unit.id}>{unit.name}</option>)}
          </Select>
        ) : null}
      </div>
      {hop === '' ? (
        <Controller
          control={form.control}
          name="from"
          render={({ field }) => <PlaceField label={t('acts.from')} inputRef={field.ref} value={field.value ?? undefined} error={error('from')} onChoose={(choice) => act.change('from', choice)} />}
        />
      ) : null}
      {missing.length === 0 ? null : <PapersField label={t('acts.missingPapers')} bare papers={missing} onChange={(next) => act.change('missing', next)} />}
      <TextArea label={t('acts.note')} maxLength={1000} error={error('note')} {...form.register('note')} />
    </ActPanel>
  );
}
