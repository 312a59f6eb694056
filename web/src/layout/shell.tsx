import {
  AppShell,
  Badge,
  Burger,
  Center,
  Container,
  Group,
  Loader,
  NavLink,
  Text,
} from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import type { Session } from '../api/role.ts';
import { useSession } from '../api/session.ts';
import { ProblemAlert } from '../common/problem-alert.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { Logo } from './logo.tsx';
import { PATHS, ROOMS } from './rooms.ts';
import { SignInPage } from './sign-in-page.tsx';
import { SignOutButton } from './sign-out-button.tsx';

/** Whoever scans or uploads nothing does not load it. */
const WaitingSign = lazy(async () => ({
  default: (await import('../offline/waiting-sign.tsx')).WaitingSign,
}));

/** What stands around every page; whoever is not signed in sees nothing but the way in. */
export function Shell() {
  const { t } = useTranslation();
  const session = useSession();
  switch (session.state) {
    case 'loading':
      return (
        <Center mih="100vh">
          <Loader aria-label={t('app.loading')} />
        </Center>
      );
    case 'signed-out':
      return <SignInPage />;
    case 'failed':
      return (
        <Container component="main" py="xl">
          <ProblemAlert
            error={session.error}
            onRetry={() => {
              location.reload();
            }}
          />
        </Container>
      );
    case 'signed-in':
      return <SignedIn session={session.session} />;
  }
}

function SignedIn({ session }: { session: Session }) {
  const { t } = useTranslation();
  const [isOpen, menu] = useDisclosure();
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 200, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding="md"
    >
      <AppShell.Header>
        <a className="skip-link" href="#content">
          {t('app.skip')}
        </a>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="sm" wrap="nowrap">
            <Burger
              opened={isOpen}
              onClick={menu.toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('app.menu')}
            />
            <Logo />
          </Group>
          <Group gap="sm" wrap="nowrap">
            {session.role === 'collection-point' && (
              <Suspense>
                <WaitingSign owner={session.id} />
              </Suspense>
            )}
            <Text size="sm" visibleFrom="sm">
              {session.name}
            </Text>
            <Badge variant="light" visibleFrom="sm">
              {t(`role.${session.role}`)}
            </Badge>
            <LanguageSwitch />
          </Group>
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="xs">
        <Menu session={session} onChosen={menu.close} />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1}>
        <Outlet />
      </AppShell.Main>
    </AppShell>
  );
}

function Menu({ session, onChosen }: { session: Session; onChosen: () => void }) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  return (
    <>
      <AppShell.Section grow>
        {ROOMS[session.role].map((room) => (
          <NavLink
            key={room}
            component={Link}
            to={PATHS[room]}
            label={t(`nav.${room}`)}
            active={pathname.startsWith(PATHS[room])}
            onClick={onChosen}
          />
        ))}
      </AppShell.Section>
      <AppShell.Section>
        <Text size="sm" c="dimmed" px="xs" pb="xs" hiddenFrom="sm">
          {session.name} · {t(`role.${session.role}`)}
        </Text>
        {session.session && <SignOutButton />}
      </AppShell.Section>
    </>
  );
}
