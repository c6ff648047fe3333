import type { Locator, Page } from 'playwright';
import { HostPage } from './host-page.ts';
import { enterOn, typeInto } from './keyboard.ts';

export interface HandMadeHost {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  readonly name: string;
  readonly keyFile?: string;
}

export class AddHostDialog {
  readonly root: Locator;
  private readonly page: Page;

  constructor(page: Page) {
    this.page = page;
    this.root = page.getByRole('dialog');
  }

  async open(): Promise<void> {
    // The page's keys work once a view stands.
    await this.page.getByRole('heading', { level: 1 }).waitFor();
    await this.page.keyboard.press('a');
    await this.root.waitFor();
  }

  /** Fills the form by hand and connects. */
  async connectTo(host: HandMadeHost): Promise<void> {
    await enterOn(this.page, this.root.getByRole('tab').first());
    await this.page.keyboard.press('ArrowRight');
    await typeInto(this.page, this.root.getByLabel('Address'), host.address);
    await typeInto(this.page, this.root.getByLabel('Port'), String(host.port));
    await typeInto(this.page, this.root.getByLabel('User'), host.user);
    await typeInto(this.page, this.root.getByLabel('Name'), host.name);
    if (host.keyFile !== undefined) await typeInto(this.page, this.root.getByLabel('Key files'), host.keyFile);
    await enterOn(this.page, this.root.getByRole('button', { name: 'Connect' }));
  }

  /** All of it, to a host whose fingerprint is taken as it is; answers on its page. */
  async add(name: string, host: Omit<HandMadeHost, 'name' | 'keyFile'> & { identityFile: string }): Promise<void> {
    await this.open();
    await this.connectTo({ ...host, name, keyFile: host.identityFile });
    await this.fingerprint();
    await this.trust();
    await new HostPage(this.page).waitFor(name);
  }

  /** Why it did not connect, once it says so. */
  failure(): Locator {
    return this.root.getByRole('alert');
  }

  /** The fingerprint that the host shows, once it is asked about. */
  async fingerprint(): Promise<string> {
    return ((await this.root.getByTestId('fingerprint').textContent()) ?? '').trim();
  }

  async trust(): Promise<void> {
    await enterOn(this.page, this.root.getByRole('button', { name: 'Trust' }));
  }
}
