import type { Services } from '../platform/services.ts';
import { freezeDemoDay } from './actions.ts';

const meetings = [
  {
    changeId: '01830000-0000-7000-8000-0000000000e1',
    at: '2022-09-27',
    title: 'Kỳ họp Ban Chỉ đạo Chương trình 03, tháng 9/2022 (minh họa)',
  },
  {
    changeId: '01830000-0000-7000-8000-0000000000e2',
    at: '2022-11-02',
    title: 'Giao ban Chương trình 03, tháng 10/2022 (minh họa)',
  },
] as const;

/** Two meetings to compare, the first before the figures of the third quarter. Later calls do nothing. */
export async function seedDemoMeeting(services: Services): Promise<void> {
  for (const meeting of meetings) await freezeDemoDay(services, meeting);
}
