import { fold } from '#shared/vietnamese/index.ts';
import type { PlaceView } from '#shared/ipc/index.ts';
import { useText } from '#renderer/i18n/index.ts';
import { Combobox } from '#renderer/ui/index.ts';
import { call } from '../../api.ts';
import { useAsked } from '../../state/asked.ts';

/** An agency, or one unit of it, as one thing to choose. */
export interface PlaceChoice {
  readonly agency: string;
  readonly unit?: string | undefined;
  readonly agencyName: string;
  readonly unitName?: string | undefined;
  readonly own: boolean;
}

/** All places in one list: the units of this agency first, then the other agencies with theirs. */
export function choicesOf(places: readonly PlaceView[]): PlaceChoice[] {
  const all = places.toSorted((a, b) => Number(b.own) - Number(a.own));
  return all.flatMap(({ id, name, own, units }) => [
    ...(own ? [] : [{ agency: id, agencyName: name, own }]),
    ...units.map((unit) => ({ agency: id, unit: unit.id, agencyName: name, unitName: unit.name, own })),
  ]);
}

export function usePlaces(): readonly PlaceView[] {
  return useAsked('place.list', {}).value?.places ?? [];
}

interface PlaceFieldProps {
  label: string;
  value: PlaceChoice | undefined;
  error: string | undefined;
  /** Which of the choices may be taken here. */
  fits?: (choice: PlaceChoice) => boolean;
  onChoose: (choice: PlaceChoice) => void;
  inputRef?: React.Ref<HTMLInputElement>;
}

/** Where to or where from: an agency or a unit, found by unaccented words. */
export function PlaceField({ label, value, error, fits, onChoose, inputRef }: PlaceFieldProps): React.JSX.Element {
  const { t } = useText();
  const words = ({ agencyName, unitName }: PlaceChoice): string => (unitName === undefined ? agencyName : `${unitName} · ${agencyName}`);
  const search = async (text: string): Promise<readonly PlaceChoice[]> => {
    const answer = await call('place.list', {});
    const wanted = fold(text).split(' ').filter(Boolean);
    return answer.ok
      ? choicesOf(answer.value.places).filter((choice) => (fits?.(choice) ?? true) && wanted.every((word) => fold(words(choice)).split(' ').some((one) => one.startsWith(word))))
      : [];
  };
  return (
    <Combobox
      label={label}
      {...(inputRef ? { inputRef } : {})}
      error={error}
      placeholder={t('acts.toHint')}
      value={value}
      words={words}
      itemKey={({ agency, unit }) => `${agency}-${unit ?? ''}`}
      option={(choice) => (
        <>
          <span className="grow">{choice.unitName ?? choice.agencyName}</span>
          {choice.unitName === undefined ? null : <span className="muted small">{choice.own ? t('acts.ownAgency') : choice.agencyName}</span>}
        </>
      )}
      nothing={t('acts.noPlace')}
      search={search}
      onChoose={onChoose}
    />
  );
}
