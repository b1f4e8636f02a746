/**
 * Loads the module, by default from beside this file; `report` does so by itself, `reportSync` and `catalogue` need it
 * to have happened. Node has it loaded already.
 */
export declare function init(source?: RequestInfo | URL | Response | BufferSource | WebAssembly.Module): Promise<void>;
