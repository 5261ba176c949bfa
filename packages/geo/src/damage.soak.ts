import { damagedFiles } from "../test/damaged-files.ts";

damagedFiles(10_000);
