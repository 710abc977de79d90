//! Writes the files of a pack into a temporary folder beside the one asked for, hashing each on the way, and renames it at
//! the end: what stands under the final name is whole.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use sha2::{Digest as _, Sha256};

use super::error::PackError;
use super::names::check_path;

/// A file of the pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileNote {
    /// Bytes.
    pub size: u64,
    /// Lower-case hex.
    pub sha256: String,
    /// What it is, in one phrase.
    pub what: String,
}

/// The folder under construction. Dropped without [`Staging::finish`], it is removed.
#[derive(Debug)]
pub struct Staging {
    folder: tempfile::TempDir,
    out: PathBuf,
    files: Mutex<BTreeMap<String, FileNote>>,
    folders: Mutex<BTreeMap<String, String>>,
}

impl Staging {
    /// Begins a pack that will stand at `out`, which must not exist or be an empty folder. Missing parents are created.
    ///
    /// # Errors
    /// When `out` is taken, or nothing can be written beside it.
    pub fn beside(out: &Path) -> Result<Self, PackError> {
        check_free(out)?;
        let name = out.file_name().ok_or_else(|| PackError::OutUnnamed(out.to_owned()))?;
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(PackError::io("create", parent))?;
        let prefix = format!(".{}.unfinished-", name.to_string_lossy());
        let mut builder = tempfile::Builder::new();
        builder.prefix(&prefix);
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.tempdir_in(parent).map_err(PackError::io("write into", parent))?;
        Ok(Staging { folder, out: out.to_owned(), files: Mutex::default(), folders: Mutex::default() })
    }

    /// Begins a file.
    ///
    /// # Errors
    /// When the name is unsafe or taken, or the file cannot be created.
    pub fn file(&self, path: &str, what: impl Into<String>) -> Result<Output<'_>, PackError> {
        check_path(path)?;
        self.claim(path)?;
        let at = self.folder.path().join(path);
        let mut open = File::options();
        open.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut open, 0o600);
        let file = open.open(&at).map_err(PackError::io("create", &at))?;
        let inner = BufWriter::with_capacity(64 * 1024, Hashing { file, hasher: Sha256::new(), size: 0 });
        Ok(Output { staging: self, path: path.to_owned(), at, what: what.into(), inner })
    }

    /// Writes a whole file.
    ///
    /// # Errors
    /// As [`Staging::file`], and when the disk is full.
    pub fn write(&self, path: &str, what: impl Into<String>, bytes: &[u8]) -> Result<(), PackError> {
        let mut output = self.file(path, what)?;
        output.put(bytes)?;
        output.close()
    }

    /// Copies a file byte for byte.
    ///
    /// # Errors
    /// As [`Staging::write`], and when `from` cannot be read.
    pub fn copy(&self, path: &str, what: impl Into<String>, from: &Path) -> Result<(), PackError> {
        let mut input = File::open(from).map_err(PackError::io("read", from))?;
        let mut output = self.file(path, what)?;
        let mut buffer = vec![0; 64 * 1024];
        loop {
            let n = io::Read::read(&mut input, &mut buffer).map_err(PackError::io("read", from))?;
            if n == 0 {
                return output.close();
            }
            output.put(&buffer[..n])?;
        }
    }

    /// The files written so far, by path.
    pub fn files(&self) -> BTreeMap<String, FileNote> {
        lock(&self.files).clone()
    }

    /// Makes the pack durable and gives it its name.
    ///
    /// # Errors
    /// When `out` was taken meanwhile, or the rename fails.
    pub fn finish(self) -> Result<(), PackError> {
        let at = self.folder.path();
        sync_all(at).map_err(PackError::io("write", at))?;
        check_free(&self.out)?;
        if self.out.is_dir() {
            fs::remove_dir(&self.out).map_err(PackError::io("replace", &self.out))?;
        }
        fs::rename(at, &self.out).map_err(PackError::io("rename to", &self.out))?;
        // The folder has its name; what is left of the guard must not remove it.
        let _ = self.folder.keep();
        if let Some(parent) = self.out.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            File::open(parent).and_then(|folder| folder.sync_all()).map_err(PackError::io("write", parent))?;
        }
        Ok(())
    }

    /// Takes a name, and with it the names of its folders, for file systems that ignore case.
    fn claim(&self, path: &str) -> Result<(), PackError> {
        let mut taken = lock(&self.folders);
        for (at, _) in path.match_indices('/') {
            let folder = &path[..at];
            match taken.insert(folder.to_lowercase(), folder.to_owned()) {
                None => create_folder(&self.folder.path().join(folder))?,
                Some(before) if before == folder => {}
                Some(_) => return Err(PackError::SameName(folder.to_owned())),
            }
        }
        match taken.insert(path.to_lowercase(), path.to_owned()) {
            None => Ok(()),
            Some(_) => Err(PackError::SameName(path.to_owned())),
        }
    }
}

/// A file being written.
#[derive(Debug)]
pub struct Output<'a> {
    staging: &'a Staging,
    path: String,
    at: PathBuf,
    what: String,
    inner: BufWriter<Hashing>,
}

impl Output<'_> {
    /// Appends bytes.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        self.inner.write_all(bytes).map_err(PackError::io("write", &self.at))
    }

    /// Ends the file and notes its size and SHA-256.
    ///
    /// # Errors
    /// When the disk is full.
    pub fn close(self) -> Result<(), PackError> {
        let at = self.at;
        let hashing =
            self.inner.into_inner().map_err(|error| PackError::Io { verb: "write", path: at.clone(), source: error.into_error() })?;
        let note = FileNote { size: hashing.size, sha256: hex::encode(hashing.hasher.finalize()), what: self.what };
        lock(&self.staging.files).insert(self.path, note);
        Ok(())
    }
}

impl Write for Output<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.inner.write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

#[derive(Debug)]
struct Hashing {
    file: File,
    hasher: Sha256,
    size: u64,
}

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hasher.update(&bytes[..n]);
        self.size += n as u64;
        Ok(n)
    }
    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// A poisoned lock means another thread panicked while it held plain data, which is whole.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

fn create_folder(path: &Path) -> Result<(), PackError> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(PackError::io("create", path))
}

fn check_free(out: &Path) -> Result<(), PackError> {
    match fs::symlink_metadata(out) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(PackError::io("read", out)(error)),
        Ok(meta) if meta.is_dir() && fs::read_dir(out).map_err(PackError::io("read", out))?.next().is_none() => Ok(()),
        Ok(_) => Err(PackError::OutTaken(out.to_owned())),
    }
}

/// Asks the disk to keep all that was written into a folder. Linux does so for a whole file system at once, which costs little beside
/// asking for each of a thousand files.
#[cfg(target_os = "linux")]
fn sync_all(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Asks the disk to keep every file, then every folder. Waiting is most of it, so many wait at once: the file system then writes
/// its journal once for all of them.
#[cfg(not(target_os = "linux"))]
fn sync_all(folder: &Path) -> io::Result<()> {
    let (mut files, mut folders) = (Vec::new(), Vec::new());
    list(folder, &mut files, &mut folders)?;
    sync_each(&files)?;
    sync_each(&folders)
}

#[cfg(not(target_os = "linux"))]
fn sync_each(paths: &[PathBuf]) -> io::Result<()> {
    /// Files whose way to the disk is waited for at once.
    const SYNCS: usize = 32;
    let sync = |paths: &[PathBuf]| paths.iter().try_for_each(|path| File::open(path)?.sync_all());
    std::thread::scope(|scope| {
        let threads: Vec<_> = paths.chunks(paths.len().div_ceil(SYNCS).max(1)).map(|part| scope.spawn(move || sync(part))).collect();
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
    })
}

#[cfg(not(target_os = "linux"))]
fn list(folder: &Path, files: &mut Vec<PathBuf>, folders: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { list(&path, files, folders)? } else { files.push(path) }
    }
    folders.push(folder.to_owned());
    Ok(())
}
