import { useText } from '#renderer/i18n/index.ts';
import { Button } from './button.tsx';
import { sizes, themes, useLooks } from './preferences.ts';

/** A− A A+: scales everything. */
export function SizeControl(): React.JSX.Element {
  const { t } = useText();
  const { size, choose } = useLooks();
  const signs = { small: 'A−', normal: 'A', large: 'A+' } as const;
  return (
    <div className="row size-control" role="group" aria-label={t('ui.textSize')}>
      {sizes.map((one) => (
        <Button key={one} small kind="quiet" aria-pressed={size === one} aria-label={t(`ui.size.${one}`)} onClick={() => choose({ size: one })}>{signs[one]}</Button>
      ))}
    </div>
  );
}

/** Light, dark, or black and white. */
export function ThemeControl(): React.JSX.Element {
  const { t } = useText();
  const { theme, choose } = useLooks();
  return (
    <div className="row" role="group" aria-label={t('ui.theme')}>
      {themes.map((one) => (
        <Button key={one} small kind="quiet" aria-pressed={theme === one} onClick={() => choose({ theme: one })}>{t(`ui.theme.${one}`)}</Button>
      ))}
    </div>
  );
}
