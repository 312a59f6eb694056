/** What is used of WebAssembly: part of the language's hosts, and of no library that is named here. */
declare namespace WebAssembly {
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    readonly exports: Readonly<Record<string, unknown>>;
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>);
  }
  class Memory {
    readonly buffer: SharedArrayBuffer;
    constructor(size: { initial: number; maximum: number; shared: true });
    grow(pages: number): number;
  }
  function validate(bytes: Uint8Array): boolean;
}
