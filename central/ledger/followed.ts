/**
 * The order to another agency that an installation follows by opening a log for `agency`; undefined where it goes on serving the agency it serves. `before`: the agency of the log
 * that this one continues. A log for an agency that was left, opened by a disk put back, takes the installation back only where it is ordered back.
 */
export function orderFollowed<Order extends { readonly agency: string }>(
  orders: readonly Order[], { agency, before, served }: { readonly agency: string; readonly before: string | undefined; readonly served: string },
): Order | undefined {
  const order = orders.findLast((one) => one.agency === agency);
  return agency !== served && (agency !== before || order === orders.at(-1)) ? order : undefined;
}
