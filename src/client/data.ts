/** What is kept, and how much (docs/protocol.md, "Data"). Loaded with the settings. */
import {
  type DataSizes,
  dataSizesSchema,
  HIDDEN_PATH,
  type HiddenBranches,
  hiddenSchema,
  SIZES_PATH,
} from '../protocol/requests/data.ts';
import { type Http, readJson } from './kit/http.ts';

/** `anew`: measured again although it was lately. Rejects like `Http.request`. */
export async function dataSizes(
  http: Http,
  { anew = false, signal }: { readonly anew?: boolean; readonly signal?: AbortSignal } = {},
): Promise<DataSizes> {
  const response = await http.request(`${SIZES_PATH}${anew ? '?anew=1' : ''}`, signal ? { signal } : {});
  return readJson(response, dataSizesSchema);
}

/** Rejects like `Http.request`. */
export async function hiddenBranches(http: Http, signal?: AbortSignal): Promise<HiddenBranches> {
  return readJson(await http.request(HIDDEN_PATH, signal ? { signal } : {}), hiddenSchema);
}
