/** What is used of WebAssembly: part of the language's hosts, and of no library that is named here. */
declare namespace WebAssembly {
  type Memory = {
    readonly buffer: SharedArrayBuffer;
    grow(pages: number): number;
  };
  type Module = object;
  type Instance = { readonly exports: Readonly<Record<string, unknown>> };
  type Imports = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

  const Memory: new (size: { initial: number; maximum: number; shared: true }) => Memory;
  const Module: new (bytes: Uint8Array) => Module;
  const Instance: new (module: Module, imports: Imports) => Instance;
  function validate(bytes: Uint8Array): boolean;
}
