import type { SharedMemory } from '../shared-memory.ts';
import type { Kernel } from './kernel.ts';
import { KERNEL_MODULE } from './module.ts';
import { openPortableKernel } from './portable.ts';

/** The kernel in SIMD where the processor has it, otherwise the same in plain TypeScript. */
export function openKernel(memory: SharedMemory): Kernel {
  return openSimdKernel(memory) ?? openPortableKernel(memory);
}

/** @returns null where the host has no WebAssembly with SIMD */
export function openSimdKernel({ memory }: SharedMemory): Kernel | null {
  if (typeof WebAssembly === 'undefined') return null;
  const bytes = Uint8Array.from(atob(KERNEL_MODULE), (character) => character.charCodeAt(0));
  if (!WebAssembly.validate(bytes)) return null;
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { memory } });
  return exports as Kernel;
}
