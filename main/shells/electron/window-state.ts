import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { z } from 'zod';

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int().min(200), height: z.int().min(200) }).partial(),
  maximized: z.boolean(),
});

export interface WindowState {
  readonly bounds: Partial<Rectangle>;
  readonly maximized: boolean;
}

const first: WindowState = { bounds: { width: 1280, height: 840 }, maximized: false };

/** Where the window was last, unless that screen is gone. An unreadable file is no state. */
export function readWindowState(file: string): WindowState {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8'))) as WindowState;
    const { x = 0, y = 0 } = state.bounds;
    const visible = screen.getAllDisplays().some(({ workArea }) => {
      const right = workArea.x + workArea.width;
      const bottom = workArea.y + workArea.height;
      return x >= workArea.x && x < right && y >= workArea.y && y < bottom;
    });
    return visible ? state : first;
  } catch {
    return first;
  }
}

/** Remembers the window's place when it closes. That it cannot be written is nobody's concern. */
export function keepWindowState(window: BrowserWindow, file: string): void {
  window.on('close', () => {
    const state: WindowState = { bounds: window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(file, JSON.stringify(state), { mode: 0o600 });
    } catch {
      // The window opens where it did the first time.
    }
  });
}
