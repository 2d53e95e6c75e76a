import { agenciesInForce } from '#shared/catalogue/index.ts';
import { civil } from '#shared/deadline/index.ts';
import { ok, type Outcome } from '#shared/errors/index.ts';
import type { PlaceView, ResponseOf } from '#shared/ipc/index.ts';
import { enrolled, type Workplace } from './workplace.ts';

/** Where a dossier can be received for or sent to today: the desk's own agency first, then the others as the catalogue has them. Error: `enrol.required`. */
export function listPlaces(workplace: Workplace): Outcome<ResponseOf<'place.list'>> {
  const desk = enrolled(workplace);
  if (!desk.ok) return desk;
  const { catalogue, identity } = desk.value;
  const places = agenciesInForce(catalogue, civil(workplace.time.best()).date).map(({ id, name, level, units = [] }): PlaceView => ({
    id, name, level, own: id === identity.agency, units: units.map((unit) => ({ id: unit.id, name: unit.name })),
  }));
  return ok({ places: [...places.filter(({ own }) => own), ...places.filter(({ own }) => !own)] });
}
