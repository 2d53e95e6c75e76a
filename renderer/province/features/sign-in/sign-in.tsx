import { zodResolver } from '@hookform/resolvers/zod';
import { useForm } from 'react-hook-form';
import { z } from 'zod';
import { useText } from '#renderer/i18n/index.ts';
import { Banner, Button, TextInput } from '#renderer/ui/index.ts';
import { sentence } from '#shared/errors/index.ts';
import { useSession } from '../../session.ts';

const formSchema = z.object({ name: z.string().trim().min(1), password: z.string().min(1) });

/** Sign-in (đăng nhập) of an officer. */
export function SignIn(): React.JSX.Element {
  const { t, language } = useText();
  const { signIn, fault } = useSession();
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(formSchema), defaultValues: { name: '', password: '' } });
  return (
    <main className="province-sign-in">
      <form className="panel" onSubmit={(event) => void handleSubmit(signIn)(event)}>
        <header><h1>{t('province.title')}</h1></header>
        <div className="inside stack">
          <p className="muted">{t('province.signInHint')}</p>
          {fault ? <Banner tone="danger">{sentence(fault, language)}</Banner> : null}
          <TextInput above label={t('province.name')} autoFocus autoComplete="username" {...register('name')} />
          <TextInput above label={t('province.password')} type="password" autoComplete="current-password" {...register('password')} />
          <Button kind="primary" type="submit" keyHint="↵" disabled={formState.isSubmitting}>{t('province.signIn')}</Button>
        </div>
      </form>
    </main>
  );
}
