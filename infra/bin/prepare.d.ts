/** Types for the tests of a file that must stay JavaScript: it runs before anything is installed or built. */
interface LockFile {
  packages: Record<string, { version?: string; optional?: boolean; link?: boolean }>;
}
export const root: string;
export function nodeProblem(version: string, platform: string): string | undefined;
export function installedDiffers(lock: LockFile, installed: LockFile | undefined): string | undefined;
