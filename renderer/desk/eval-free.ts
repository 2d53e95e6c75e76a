import { z } from 'zod';

// The page's policy forbids making code from text. Zod would try it once to go faster, and the browser would report it.
z.config({ jitless: true });
