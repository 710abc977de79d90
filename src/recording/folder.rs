//! A recording's folder on disk: made for its owner alone, locked by its writer, its header replaced as a whole.

use std::collections::BTreeMap;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use super::header::{HEADER_FILE, Header};
use super::{RecordingError, paths};

/// The header while it is being written.
const NEW_HEADER: &str = "recording.json.new";

/// Where frames go. A trait, so that tests can be a disk that fails.
pub(super) trait Disk: Send {
    /// Appends to a file of calls. After an error the file is as it was before, as far as the system allows.
    fn append(&mut self, file: &str, frame: &[u8]) -> Result<(), RecordingError>;
    /// Waits until everything appended is on disk.
    fn sync(&mut self) -> Result<(), RecordingError>;
}

/// Whether a relative path is one of a recording's files.
pub(super) fn belongs(path: &str) -> bool {
    path == HEADER_FILE || (path.starts_with("calls/") && path.ends_with(paths::ENDING))
}

/// Makes or takes a folder for a new recording, and locks it.
pub(super) fn create(dir: &Path) -> Result<File, RecordingError> {
    DirBuilder::new().recursive(true).mode(0o700).create(dir).map_err(RecordingError::io("create", dir))?;
    let lock = lock(dir)?;
    let mut entries = fs::read_dir(dir).map_err(RecordingError::io("read", dir))?;
    if entries.next().is_some() {
        return Err(RecordingError::NotEmpty(dir.to_owned()));
    }
    fs::set_permissions(dir, fs::Permissions::from_mode(0o700)).map_err(RecordingError::io("make private", dir))?;
    Ok(lock)
}

/// Locks a recording's folder for one writer. The lock ends with the file that is returned, also when the process is killed.
pub(super) fn lock(dir: &Path) -> Result<File, RecordingError> {
    let file = File::open(dir).map_err(RecordingError::io("open", dir))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(RecordingError::Locked(dir.to_owned())),
        Err(TryLockError::Error(cause)) => Err(RecordingError::io("lock", dir)(cause)),
    }
}

/// All files of a recording, by relative path.
pub(super) fn read(dir: &Path) -> Result<BTreeMap<String, Vec<u8>>, RecordingError> {
    let mut files = BTreeMap::new();
    let header = dir.join(HEADER_FILE);
    if !dir.is_dir() {
        return Err(RecordingError::io("open", dir)(fs::metadata(dir).err().unwrap_or(std::io::ErrorKind::NotADirectory.into())));
    }
    if !header.exists() {
        return Err(RecordingError::NotARecording(dir.to_owned()));
    }
    read_file(&mut files, &header, HEADER_FILE)?;
    let calls = dir.join("calls");
    if calls.is_dir() {
        read_folder(&mut files, &calls, "calls", 3)?;
    }
    Ok(files)
}

fn read_folder(files: &mut BTreeMap<String, Vec<u8>>, dir: &Path, name: &str, depth: u32) -> Result<(), RecordingError> {
    for entry in fs::read_dir(dir).map_err(RecordingError::io("read", dir))? {
        let entry = entry.map_err(RecordingError::io("read", dir))?;
        let Ok(part) = entry.file_name().into_string() else { continue };
        let path = format!("{name}/{part}");
        let kind = entry.file_type().map_err(RecordingError::io("read", &entry.path()))?;
        if kind.is_dir() && depth > 1 {
            read_folder(files, &entry.path(), &path, depth - 1)?;
        } else if depth == 1 && belongs(&path) {
            read_file(files, &entry.path(), &path)?;
        }
    }
    Ok(())
}

fn read_file(files: &mut BTreeMap<String, Vec<u8>>, path: &Path, name: &str) -> Result<(), RecordingError> {
    let kind = fs::symlink_metadata(path).map_err(RecordingError::io("read", path))?.file_type();
    if !kind.is_file() {
        return Err(RecordingError::damaged(name, None, "it is not a regular file"));
    }
    let bytes = fs::read(path).map_err(RecordingError::io("read", path))?;
    files.insert(name.to_owned(), bytes);
    Ok(())
}

/// Replaces `recording.json` as a whole and on disk.
pub(super) fn write_header(dir: &Path, header: &Header) -> Result<(), RecordingError> {
    let (new, path) = (dir.join(NEW_HEADER), dir.join(HEADER_FILE));
    match fs::remove_file(&new) {
        Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => return Err(RecordingError::io("replace", &new)(cause)),
        _ => {}
    }
    let write = || -> std::io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
        file.write_all(&header.to_bytes())?;
        file.sync_all()?;
        fs::rename(&new, &path)?;
        File::open(dir)?.sync_all()
    };
    write().map_err(RecordingError::io("write", &path))
}

/// Cuts a torn tail off.
pub(super) fn cut(dir: &Path, file: &str, length: usize) -> Result<(), RecordingError> {
    let path = dir.join(file);
    let cut = || {
        let file = OpenOptions::new().write(true).open(&path)?;
        file.set_len(length as u64)?;
        file.sync_all()
    };
    cut().map_err(RecordingError::io("shorten", &path))
}

/// A file that is being appended to.
struct Appended {
    file: File,
    /// Length up to the last whole frame.
    length: u64,
}

/// The folder of a recording, as a [`Disk`].
pub(super) struct Folder {
    dir: PathBuf,
    open: BTreeMap<String, Appended>,
    /// Files that a resumed recording holds already, with their length.
    held: BTreeMap<String, u64>,
}

impl Folder {
    pub(super) fn new(dir: &Path, held: BTreeMap<String, u64>) -> Self {
        Folder { dir: dir.to_owned(), open: BTreeMap::new(), held }
    }

    fn opened(&mut self, file: &str) -> Result<&mut Appended, RecordingError> {
        if !self.open.contains_key(file) {
            let path = self.dir.join(file);
            let parent = path.parent().unwrap_or(&self.dir);
            DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(RecordingError::io("create", parent))?;
            let length = self.held.get(file).copied();
            // A file that this recording does not hold must not be there: `create_new` follows no link and takes over nothing.
            let mut options = OpenOptions::new();
            options.append(true).create_new(length.is_none()).mode(0o600);
            let opened = options.open(&path).map_err(RecordingError::io("create", &path))?;
            self.open.insert(file.to_owned(), Appended { file: opened, length: length.unwrap_or(0) });
        }
        self.open.get_mut(file).ok_or_else(|| RecordingError::Stopped(format!("`{file}` is not open")))
    }
}

impl Disk for Folder {
    fn append(&mut self, file: &str, frame: &[u8]) -> Result<(), RecordingError> {
        let path = self.dir.join(file);
        let appended = self.opened(file)?;
        if let Err(cause) = appended.file.write_all(frame) {
            // If this fails too, the torn tail is cut off by the next resume.
            let _ = appended.file.set_len(appended.length);
            return Err(RecordingError::io("write", &path)(cause));
        }
        appended.length += frame.len() as u64;
        Ok(())
    }

    fn sync(&mut self) -> Result<(), RecordingError> {
        let mut folders = std::collections::BTreeSet::from([self.dir.clone()]);
        for (file, appended) in &self.open {
            let path = self.dir.join(file);
            appended.file.sync_all().map_err(RecordingError::io("write", &path))?;
            folders.extend(path.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.dir)).map(Path::to_owned));
        }
        folders
            .iter()
            .try_for_each(|folder| File::open(folder).and_then(|folder| folder.sync_all()).map_err(RecordingError::io("write", folder)))
    }
}
