import { useEffect, useRef, useState } from 'react';
import { parseDossierCode } from '#shared/catalogue/index.ts';
import { sentence } from '#shared/errors/index.ts';
import type { DossierLine } from '#shared/ipc/index.ts';
import { formatCount, useText } from '#renderer/i18n/index.ts';
import { Banner, Button, NothingHere, Select, Skeleton, TextInput, useKeys } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useAsked } from '../../state/asked.ts';
import { useLookedFor, type ListFilter } from '../../state/looked-for.ts';
import { focusScanField, sayFault, useWindow } from '../../state/window.ts';
import { Screen } from '../frame/screen.tsx';
import { LineTable } from './line-table.tsx';

const filters = ['open', 'submitted', 'waiting', 'ready', 'due-tomorrow', 'overdue', 'returned', 'ended', 'all'] as const satisfies readonly ListFilter[];
const page = 100;

/** All dossiers of the desk, filtered and searched. */
export function DossiersScreen(): React.JSX.Element {
  const { t, language } = useText();
  const { text, filter } = useLookedFor();
  const go = useWindow((state) => state.go);
  const request = { filter, limit: page, ...(text.trim() === '' ? {} : { text: text.trim() }) };
  const { value, fault } = useAsked('dossier.list', request);
  const [further, setFurther] = useState<{ of: unknown; lines: readonly DossierLine[]; more: boolean }>();
  const [asking, setAsking] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => field.current?.focus(), []);
  useKeys({ Escape: focusScanField });

  // What was loaded further belongs to the answer it continues.
  const added = further !== undefined && further.of === value ? further : undefined;
  const lines = [...(value?.lines ?? []), ...(added?.lines ?? [])];
  const more = added?.more ?? value?.more ?? false;

  const showMore = async (): Promise<void> => {
    const last = lines.at(-1);
    if (!last) return;
    const answer = await call('dossier.list', { ...request, after: last.id });
    if (answer.ok) setFurther({ of: value, lines: [...(added?.lines ?? []), ...answer.value.lines], more: answer.value.more });
    else sayFault(answer.fault, language);
  };

  // Closed dossiers, and those of before this computer was enrolled, are only at the centre.
  const code = parseDossierCode(text)?.code;
  const askCentre = async (wanted: string): Promise<void> => {
    setAsking(true);
    const answer = await call('dossier.fetch', { code: wanted });
    setAsking(false);
    if (answer.ok) go({ name: 'dossier', dossier: answer.value.id });
    else sayFault(answer.fault, language);
  };

  const count = formatCount(lines.length, language);
  return (
    <Screen title={t('dossiers.title')}>
      <div className="list-tools">
        <TextInput
          ref={field}
          label={t('dossiers.search')}
          placeholder={t('dossiers.searchHint')}
          maxLength={200}
          value={text}
          onChange={(event) => useLookedFor.setState({ text: event.target.value })}
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
            event.preventDefault();
            box.current?.querySelector<HTMLElement>('.row-open')?.focus();
          }}
        />
        <Select label={t('dossiers.filter')} value={filter} onChange={(event) => useLookedFor.setState({ filter: filters.find((one) => one === event.target.value) ?? 'all' })}>
          {filters.map((one) => <option key={one} value={one}>{t(`dossiers.filter.${one}`)}</option>)}
        </Select>
        <span className="muted nowrap" role="status">{value ? (more ? t('dossiers.countMore', { count }) : t('dossiers.count', { count })) : ''}</span>
      </div>
      {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
      <div className="panel scroll-panel" ref={box}>
        {value === undefined ? (fault ? null : <Skeleton label={t('ui.loading')} lines={9} />) : lines.length === 0 ? (
          <NothingHere title={t('dossiers.empty')}>
            {code === undefined ? t('dossiers.emptyHint') : filter !== 'all' ? (
              <>
                {t('dossiers.filtered')}
                <br />
                <Button onClick={() => useLookedFor.setState({ filter: 'all' })}>{t('dossiers.lookInAll')}</Button>
              </>
            ) : (
              <>
                {t('dossiers.elsewhere')}
                <br />
                <Button disabled={asking} onClick={() => void askCentre(code)}>{t('dossiers.askCentre')}</Button>
              </>
            )}
          </NothingHere>
        ) : (
          <LineTable caption={t('dossiers.title')} lines={lines} onOpen={(line) => go({ name: 'dossier', dossier: line.id, from: 'dossiers' })} />
        )}
        {more ? <div className="inside"><Button onClick={() => void showMore()}>{t('ui.more')}</Button></div> : null}
      </div>
    </Screen>
  );
}
