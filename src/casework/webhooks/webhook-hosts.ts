/** Where webhooks may lead: these hosts, whatever an administrator registers; null: anywhere. */
export type WebhookHosts = readonly string[] | null;

export function mayBeCalled(hosts: WebhookHosts, url: string): boolean {
  return hosts === null || hosts.includes(new URL(url).hostname);
}
