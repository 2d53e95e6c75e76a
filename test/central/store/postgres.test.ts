import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPostgresStore, type CentreStore } from '#central/store/index.ts';
import { lineTo, testPostgres, type OwnSchema, type TestPostgres } from './postgres.ts';
import { storeSuite } from './suite.ts';

let postgres: TestPostgres;
beforeAll(async () => {
  postgres = await testPostgres();
});
afterAll(() => postgres.stop());

storeSuite('PostgreSQL', async () => {
  const schema = await postgres.schema();
  return {
    open: () => openPostgresStore(schema.address),
    makeNewer: async () => void (await schema.ask('UPDATE schema_version SET version = 99')),
    end: () => schema.drop(),
  };
});

describe('the store on PostgreSQL', () => {
  let schema: OwnSchema;
  const open: CentreStore[] = [];
  const opened = async (address = schema.address): Promise<CentreStore> => {
    const store = await openPostgresStore(address);
    open.push(store);
    return store;
  };
  beforeAll(async () => {
    schema = await postgres.schema();
  });
  afterAll(async () => {
    await Promise.all(open.map((store) => store.close()));
    await schema.drop();
  });

  it('is made once when several start at the same time, and all of them then write in turn', async () => {
    const stores = await Promise.all(Array.from({ length: 4 }, () => opened()));
    const add = (store: CentreStore) => store.transaction(async (writer) => {
      await writer.setNote('turns', String(Number((await writer.note('turns')) ?? '0') + 1));
    });
    await Promise.all(stores.flatMap((store) => Array.from({ length: 15 }, () => add(store))));
    expect(await stores[0]?.note('turns')).toBe('60');
    expect(await schema.ask('SELECT count(*)::int AS rows FROM schema_version')).toEqual([{ rows: 1 }]);
  });

  it('waits for the disk at every commit, whatever the role is set to', async () => {
    const careless = new URL(schema.address);
    careless.searchParams.set('options', `${careless.searchParams.get('options') ?? ''} -csynchronous_commit=off`);
    const store = await opened(careless.href);
    // What is set is seen from inside alone: so the database itself writes it down.
    await schema.ask('CREATE FUNCTION told() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN new.value := current_setting(\'synchronous_commit\'); RETURN new; END $$');
    await schema.ask("CREATE TRIGGER tell BEFORE INSERT ON notes FOR EACH ROW WHEN (new.key = 'tell') EXECUTE FUNCTION told()");
    await store.transaction((writer) => writer.setNote('tell', ''));
    expect(await store.note('tell')).toBe('on');
  });

  it('does not call a transaction done in which a statement failed', async () => {
    const store = await opened();
    await expect(store.transaction(async (writer) => {
      await writer.setNote('half', 'done');
      await expect(writer.addSession({ tokenHash: 't', officer: 'nobody', expiresAt: 1 })).rejects.toThrow();
    })).rejects.toThrow('undone');
    expect(await store.note('half')).toBeUndefined();
  });

  it('stops an older program whose tables a newer one has changed', async () => {
    const own = await postgres.schema();
    const store = await openPostgresStore(own.address);
    await own.ask('UPDATE schema_version SET version = 99');
    await expect(store.transaction((writer) => writer.setNote('a', '1'))).rejects.toMatchObject({ fault: { code: 'store.newer-version', params: { found: 99 } } });
    await store.close();
    await own.drop();
  });

  it('says so while the database cannot be reached, and goes on when it is back', async () => {
    const line = await lineTo(schema.address);
    const named = new URL(line.address);
    named.searchParams.set('application_name', schema.name);
    const store = await opened(named.href);
    await store.transaction((writer) => writer.setNote('line', 'up'));
    // Cut in the middle of a transaction: nothing of it is kept.
    await expect(store.transaction(async (writer) => {
      await writer.setNote('line', 'lost');
      await line.cut();
      await writer.setNote('line', 'lost again');
    })).rejects.toMatchObject({ fault: { code: 'store.unreachable' } });
    await expect(store.note('line')).rejects.toMatchObject({ fault: { code: 'store.unreachable' } });
    await expect(store.transaction((writer) => writer.setNote('line', 'no'))).rejects.toMatchObject({ fault: { code: 'store.unreachable' } });
    await line.mend();
    expect(await store.note('line')).toBe('up');
    await store.transaction((writer) => writer.setNote('line', 'back'));
    expect(await store.note('line')).toBe('back');
    // Idle connections that the server ends are replaced unnoticed.
    await schema.ask("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1", [schema.name]);
    await expect(store.transaction((writer) => writer.setNote('line', 'ended')).catch(() => store.transaction((writer) => writer.setNote('line', 'ended')))).resolves.toBeUndefined();
    await store.close();
    open.splice(open.indexOf(store), 1);
    await line.end();
  });

  it.each([
    ['53100', 'store.disk-full'], ['XX001', 'store.damaged'], ['40001', 'centre.busy'], ['40P01', 'centre.busy'], ['55P03', 'centre.busy'], ['57P01', 'store.unreachable'],
  ])('says what the server’s error %s means, keeps nothing, and goes on', async (state, code) => {
    const own = await postgres.schema();
    const store = await openPostgresStore(own.address);
    await own.ask("CREATE FUNCTION fails() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'made by a test' USING ERRCODE = new.value; END $$");
    await own.ask("CREATE TRIGGER fail BEFORE INSERT ON notes FOR EACH ROW WHEN (new.key = 'fail') EXECUTE FUNCTION fails()");
    await expect(store.transaction(async (writer) => {
      await writer.setNote('before', 'x');
      await writer.setNote('fail', state);
    })).rejects.toMatchObject({ fault: { code } });
    expect(await store.note('before')).toBeUndefined();
    await store.transaction((writer) => writer.setNote('after', 'x'));
    expect(await store.note('after')).toBe('x');
    await store.close();
    await own.drop();
  });

  it('refuses an address that is none, a server that is not there, and a database that is not', async () => {
    await expect(openPostgresStore('mysql://somewhere/db')).rejects.toMatchObject({ fault: { code: 'store.bad-address' } });
    await expect(openPostgresStore('postgres://quay@127.0.0.1:1/quay')).rejects.toMatchObject({ fault: { code: 'store.unreachable', params: { reason: 'ECONNREFUSED' } } });
    const nobody = new URL(schema.address);
    nobody.pathname = '/no_such_database';
    await expect(openPostgresStore(nobody.href)).rejects.toMatchObject({ fault: { code: 'store.unreachable', params: { reason: '3D000' } } });
  });
});
