import { z } from 'zod';
import { atQuery, listOf } from '../platform/contract.ts';
import { may } from '../accounts/permission.ts';
import { createRouter, replyJson, requireVersion, route, type AppContext } from '../platform/http.ts';
import { body, gives, ifMatch } from '../platform/route-parts.ts';
import type { Services } from '../platform/services.ts';
import { replyEvidence } from '../platform/evidence-reply.ts';
import { keepTaskEvidence, readTaskEvidence } from './evidence-actions.ts';
import { listDirectives, listTasks, readProgramme } from './actions.ts';
import {
  TASK_EVIDENCE_LIMIT_BYTES,
  addDirectiveSchema,
  addTaskSchema,
  directiveSchema,
  keptTaskFileSchema,
  programmeEventSchema,
  programmeSchema,
  reportTaskSchema,
  schemeSchema,
  taskReportSchema,
  taskSchema,
  updateDirectiveSchema,
  updateTaskSchema,
} from './contract.ts';
import { addDirective, addTask, historyOfTask, reportTask, updateDirective, updateTask } from './task-actions.ts';

const list = <P extends string, T extends z.ZodType>(path: P, summary: string, item: T) =>
  route({
    method: 'get',
    path,
    permission: 'public.read',
    summary,
    request: { query: atQuery },
    responses: gives('The list', listOf(item)),
  });

const programme = route({
  method: 'get',
  path: '/api/programme',
  permission: 'public.read',
  summary: 'Chương trình 03: who runs it, what it reported, its quoted figures with their sources',
  responses: gives('The programme', programmeSchema),
});
const tasks = list(
  '/api/programme/tasks',
  'Tasks with their state on a day; accounts see the district’s own',
  taskSchema,
);
const schemes = list('/api/programme/schemes', 'Schemes and projects', schemeSchema);
const events = list('/api/programme/events', 'Events', programmeEventSchema);
const directives = list('/api/programme/directives', 'What meetings directed', directiveSchema);

const params = z.object({ id: z.string().max(100) });
const task = gives('The task as it stands now', taskSchema);
const directive = gives('The directive as it stands now', directiveSchema);

const add = route({
  method: 'post',
  path: '/api/programme/tasks',
  permission: 'task.write',
  summary: 'Sets a task of the district’s own',
  request: { body: body(addTaskSchema) },
  responses: task,
});
const update = route({
  method: 'patch',
  path: '/api/programme/tasks/{id}',
  permission: 'task.write',
  summary: 'Corrects an own task, takes it out or brings it back',
  request: { params, headers: ifMatch, body: body(updateTaskSchema) },
  responses: task,
});
const report = route({
  method: 'post',
  path: '/api/programme/tasks/{id}/reports',
  permission: 'task.write',
  summary: 'Reports on a task: how far it is and what stands in the way',
  request: { params, body: body(reportTaskSchema) },
  responses: task,
});
const history = route({
  method: 'get',
  path: '/api/programme/tasks/{id}/reports',
  permission: 'task.read',
  summary: 'What was reported on a task, newest first',
  request: { params },
  responses: gives('The reports', listOf(taskReportSchema)),
});
const keepFor = route({
  method: 'post',
  path: '/api/programme/tasks/{id}/evidence',
  permission: 'task.write',
  summary: 'Keeps a file that may prove a report of the task: PDF, picture or office document, at most 20 MB',
  upload: { maxBytes: TASK_EVIDENCE_LIMIT_BYTES, types: ['*'] },
  request: { params, query: z.object({ name: z.string().trim().min(1).max(300) }) },
  responses: gives('How the file is named from now on', keptTaskFileSchema),
});
const evidence = route({
  method: 'get',
  path: '/api/programme/tasks/{id}/evidence/{sha256}',
  permission: 'task.read',
  summary: 'A file that proves a report of the task',
  request: { params: params.extend({ sha256: z.string().max(64) }) },
  responses: { 200: { description: 'The file', content: { 'application/octet-stream': { schema: z.string() } } } },
});
const direct = route({
  method: 'post',
  path: '/api/programme/directives',
  permission: 'directive.write',
  summary: 'Enters what a meeting directed, verbatim',
  request: { body: body(addDirectiveSchema) },
  responses: directive,
});
const redirect = route({
  method: 'patch',
  path: '/api/programme/directives/{id}',
  permission: 'directive.write',
  summary: 'Corrects a directive, takes it out or brings it back',
  request: { params, headers: ifMatch, body: body(updateDirectiveSchema) },
  responses: directive,
});

const whole = <T>(items: readonly T[]) => ({ items: [...items], nextCursor: null });

/** What accounts are told besides stays in no cache. */
const replyList = <T>(c: AppContext, items: readonly T[]) =>
  may(c.var.actor, 'task.read') ? c.json(whole(items), 200) : replyJson(c, whole(items));

export const programmeRoutes = (services: Services) =>
  createRouter()
    .openapi(programme, (c) => replyJson(c, readProgramme(services)))
    .openapi(tasks, async (c) => {
      const { at = services.clock.today() } = c.req.valid('query');
      return replyList(c, await listTasks(services, at, c.var.actor));
    })
    .openapi(schemes, (c) => replyJson(c, whole(services.places.programme.schemes)))
    .openapi(events, (c) => replyJson(c, whole(services.places.programme.events)))
    .openapi(directives, async (c) => replyList(c, await listDirectives(services, c.var.actor)))
    .openapi(add, async (c) => c.json(await addTask(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(update, async (c) => {
      const version = requireVersion(c);
      return c.json(
        await updateTask(services, c.req.valid('param').id, version, c.req.valid('json'), c.var.actor),
        200,
      );
    })
    .openapi(report, async (c) =>
      c.json(await reportTask(services, c.req.valid('param').id, c.req.valid('json'), c.var.actor), 200),
    )
    .openapi(keepFor, async (c) => {
      const bytes = new Uint8Array(await c.req.arrayBuffer());
      const { name } = c.req.valid('query');
      return c.json(await keepTaskEvidence(services, c.req.valid('param').id, name, bytes, c.var.actor), 200);
    })
    .openapi(evidence, async (c) => {
      const { id, sha256 } = c.req.valid('param');
      return replyEvidence(c, await readTaskEvidence(services, id, sha256));
    })
    .openapi(history, async (c) => c.json(whole(await historyOfTask(services, c.req.valid('param').id)), 200))
    .openapi(direct, async (c) => c.json(await addDirective(services, c.req.valid('json'), c.var.actor), 200))
    .openapi(redirect, async (c) => {
      const version = requireVersion(c);
      return c.json(
        await updateDirective(services, c.req.valid('param').id, version, c.req.valid('json'), c.var.actor),
        200,
      );
    });
