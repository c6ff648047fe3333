import { startPveHost, whyNoPveHost } from './lab/pve-host.ts';
import { atWork, startLoad } from './load.ts';
import { AddHostDialog } from './pages/add-host-dialog.ts';
import { FleetPage } from './pages/fleet-page.ts';
import { SourceDialog } from './pages/source-dialog.ts';
import { hideFocus, type Picture, takePictures } from './pictures.ts';
import { startSession } from './session.ts';

/** A host with Proxmox VE and ZFS on its worst day: what is wrong, every panel, and the bytes behind a number. */
export async function takeTroublePictures(): Promise<void> {
  const hindrance = whyNoPveHost();
  if (hindrance !== null) throw new Error(`No pictures of a host with Proxmox VE and ZFS: ${hindrance}.`);
  const [pve, session] = await Promise.all([startPveHost(), startSession()]);
  const atWorkAll = await Promise.all(['kvm', 'pmxcfs', 'zed'].map((name) => startLoad(name, atWork)));
  pve.show('nvme and container fail');
  const { page } = session.shell;
  const source = new SourceDialog(page);
  /** Its heading tells a number and an age as well; a table in it has a name of its own. */
  const panel = (title: string) => page.getByRole('region', { name: new RegExp(`^${title}(?! table)`) }).first();
  const showPanel = async (title: string) => {
    await panel(title).evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await hideFocus(page);
  };

  const pictures: readonly Picture[] = [
    {
      name: 'trouble',
      show: async () => {
        await new AddHostDialog(page).add('pve1', pve);
        await panel('Health').getByText('nvme1 the disk says that it is failing').waitFor();
        await panel('Guests').waitFor();
        await hideFocus(page);
      },
    },
    { name: 'pools', show: () => showPanel('ZFS pools') },
    { name: 'guests', show: () => showPanel('Guests') },
    { name: 'services', show: () => showPanel('Services') },
    {
      name: 'source',
      show: async () => {
        await panel('ZFS pools').getByRole('row', { name: 'sdc' }).getByText('31').click();
        await source.waitFor();
        await source.root.locator('.used').first().waitFor();
      },
      leave: () => source.close(),
    },
    {
      name: 'fleet-trouble',
      show: async () => {
        await new FleetPage(page).show();
        await new FleetPage(page).row('pve1', 'Live').waitFor();
      },
    },
  ];

  try {
    await takePictures(page, pictures);
  } finally {
    await session.close();
    await Promise.all([pve, ...atWorkAll].map((started) => started.stop()));
  }
}
