// One wasm module: loading it, and what becomes of its errors and panics.
import { SupportKpiError } from './lib/error.js';

/** `init` loads the module that `load` fetches from `place`; `call` runs one of its functions. */
export function module(load, wasm, place) {
  let loading;
  let ready = false;

  async function init(source = place) {
    loading ??= load({ module_or_path: source }).then(() => (ready = true));
    try {
      await loading;
    } catch (error) {
      loading = undefined;
      throw error;
    }
  }

  /** Errors are thrown as JSON, and a panic as a trap that ends the instance. */
  function call(work) {
    if (!ready) throw new Error('supportkpi is not loaded yet: `await init()` first');
    try {
      return work();
    } catch (thrown) {
      if (typeof thrown === 'string') throw SupportKpiError.fromJson(thrown);
      throw internal(thrown);
    }
  }

  function internal(thrown) {
    let said;
    try {
      said = wasm.last_panic();
    } catch {
      // Not even that works; the trap itself will have to do.
    }
    wasm.__wbg_reset_state();
    if (said !== undefined) return SupportKpiError.fromJson(said);
    // Such as memory that ran out.
    return new SupportKpiError(`The computation broke off: ${thrown}.`, 'internal');
  }

  return { init, call };
}
