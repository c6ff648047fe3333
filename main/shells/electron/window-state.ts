import { readFileSync, writeFileSync } from 'node:fs';
import { type BrowserWindow, type Rectangle, screen } from 'electron';

export interface WindowState {
  readonly bounds: Partial<Rectangle>;
  readonly maximized: boolean;
}

const first: WindowState = { bounds: { width: 1280, height: 840 }, maximized: false };

/** Where the window was last, unless that screen is gone. An unreadable file is no state. */
export function readWindowState(file: string): WindowState {
  try {
    const { bounds, maximized } = JSON.parse(readFileSync(file, 'utf8')) as { bounds: Rectangle; maximized: unknown };
    const { x, y, width, height } = bounds;
    if (![x, y, width, height].every(Number.isInteger) || Math.min(width, height) < 200) return first;
    const isVisible = screen.getAllDisplays().some(({ workArea }) => {
      const right = workArea.x + workArea.width;
      const bottom = workArea.y + workArea.height;
      return x >= workArea.x && x < right && y >= workArea.y && y < bottom;
    });
    return isVisible ? { bounds: { x, y, width, height }, maximized: maximized === true } : first;
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
